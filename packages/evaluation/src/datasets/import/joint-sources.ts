import { InputError } from '@praxis/core';

/** Unit of the joints in a dataset. */
export const JOINT_UNITS = ['rad', 'deg'] as const;
/** One of the units. */
export type JointUnit = (typeof JOINT_UNITS)[number];

/** Name of the gripper's width among the actions of an export, and in `--joints`. */
export const GRIPPER = 'gripper';

/** How an element of a dataset becomes a joint of the robot, or the width of its gripper. */
export interface JointSource {
  /** Name in the dataset. */
  readonly source: string;
  /** 1, or -1 for a joint that turns the other way. */
  readonly sign: 1 | -1;
  /** What is added after the sign, in the unit of the dataset. */
  readonly offset: number;
  /** Values of the dataset at the lower and the upper limit of the joint, or of the gripper closed and open; undefined for a value with a unit. */
  readonly range?: readonly [number, number];
}

/** Sources by the name of the robot's joint, or `gripper`. */
export type JointSources = ReadonlyMap<string, JointSource>;

const NUMBER = '\\d+(?:\\.\\d+)?';
const ENTRY = new RegExp(`^\\s*([^=]+)=(-?)(.+?)(?:([+-]${NUMBER})|@([+-]?${NUMBER}):([+-]?${NUMBER}))?\\s*$`);

/**
 * Parses `--joints`: for each joint `JOINT=NAME`, `JOINT=-NAME` for one that turns the other way, `JOINT=NAME+90` for another zero, and
 * `JOINT=NAME@A:B` for values from A at the lower limit to B at the upper one.
 * @throws {InputError} for another form, and for a joint that is named twice
 */
export function parseJoints(text: string): JointSources {
  const sources = new Map<string, JointSource>();
  for (const part of text.split(',')) {
    const [, joint, minus, source, offset, low, high] = ENTRY.exec(part) ?? [];
    if (joint === undefined)
      throw new InputError(
        `--joints ${part}: expected JOINT=NAME, JOINT=-NAME, JOINT=NAME+90 or JOINT=NAME@0:100, separated by commas`,
      );
    if (sources.has(joint)) throw new InputError(`--joints ${part}: ${joint} is named twice`);
    const range = low === undefined ? undefined : ([Number(low), Number(high)] as const);
    if (range && (range[0] === range[1] || minus === '-'))
      throw new InputError(`--joints ${part}: expected two values, at the lower and at the upper limit`);
    sources.set(joint, {
      ...{ source, sign: minus === '-' ? -1 : 1, offset: Number(offset ?? 0) },
      ...(range ? { range } : {}),
    });
  }
  return sources;
}
