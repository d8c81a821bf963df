import { InputError, type Kinematics, type SignalSpec } from '@praxis/core';
import type { Gripper, RobotSetup } from '@praxis/sim';
import { type DatasetFeatures, elementNames } from '@praxis/wire/lerobot';
import { ACTION, STATE } from '../export/frame-layout.ts';
import { GRIPPER, type JointSource, type JointSources, type JointUnit } from './joint-sources.ts';

/** What a map reads of a dataset and of a robot. */
export interface JointMapOptions {
  /** Name of the dataset, for messages. */
  readonly name: string;
  readonly features: DatasetFeatures;
  readonly robot: Pick<RobotSetup, 'name' | 'kinematics' | 'gripper'>;
  /** The robot's stream of joints. */
  readonly joints: SignalSpec;
  readonly sources: JointSources;
  /** Unit of the joints that have no range. */
  readonly units: JointUnit;
}

/** Reads one number out of a row of the dataset. */
type Element = (row: ArrayLike<number>) => number;

/** State and actions of a dataset as positions of the robot's joints (rad, m) and the width of its gripper (m), by names. */
export class JointMap {
  readonly #options: JointMapOptions;
  readonly #gripper: Gripper;
  readonly #state: readonly Element[];
  readonly #arm: readonly Element[];
  readonly #action: readonly Element[];

  /** @throws {InputError} in one line for a joint of the robot that the dataset lacks, and for a source that is none */
  constructor(options: JointMapOptions) {
    const { name, features, robot, joints, sources } = options;
    const { kinematics, gripper } = robot;
    if (!gripper) throw new InputError(`robot ${robot.name}: has no gripper, expected one, as records hold its width`);
    this.#options = options;
    this.#gripper = gripper;
    const known = [...kinematics.jointNames, GRIPPER];
    const strange = [...sources.keys()].find((each) => !known.includes(each));
    if (strange !== undefined)
      throw new InputError(`--joints ${strange}: no joint of robot ${robot.name}, expected ${known.join(', ')}`);
    for (const feature of [STATE, ACTION])
      if (!features[feature]) throw new InputError(`${name}: has no feature ${feature}, expected positions of joints`);
    this.#arm = kinematics.jointNames.map((joint, i) => this.#joint(STATE, joint, i));
    this.#action = [...kinematics.jointNames.map((joint, i) => this.#joint(ACTION, joint, i)), this.#width(ACTION)];
    this.#state = (joints.names ?? []).map((stream) => this.#streamed(stream));
  }

  /** Positions in the order of the robot's stream `joints`. @param row a value of `observation.state` */
  state(row: ArrayLike<number>): Float64Array {
    return Float64Array.from(this.#state, (element) => element(row));
  }

  /** Positions of the arm's joints in the order of the kinematics. @param row a value of `observation.state` */
  arm(row: ArrayLike<number>): Float64Array {
    return Float64Array.from(this.#arm, (element) => element(row));
  }

  /** Targets of the arm's joints in the order of the kinematics, then the width. @param row a value of `action` */
  action(row: ArrayLike<number>): Float64Array {
    return Float64Array.from(this.#action, (element) => element(row));
  }

  /** One number of the stream `joints`: a joint of the arm, a finger by its name, or what the gripper's width makes of it. */
  #streamed(stream: string): Element {
    const { robot, features, sources } = this.#options;
    const i = robot.kinematics.jointNames.indexOf(stream);
    if (i >= 0) return this.#arm[i];
    const { joints, streamNames } = this.#gripper;
    if (!streamNames.includes(stream))
      throw new InputError(`robot ${robot.name}: ${stream} in its stream of joints is of neither arm nor gripper`);
    const at = elementNames(features[STATE]).indexOf(stream);
    if (at >= 0 && !sources.has(GRIPPER)) return (row) => row[at];
    const width = this.#width(STATE);
    const finger = joints.indexOf(stream);
    if (finger < 0) return width;
    const positions = new Float64Array(joints.length);
    return (row) => {
      this.#gripper.positionsAt(width(row), positions);
      return positions[finger];
    };
  }

  #joint(feature: string, joint: string, i: number): Element {
    const { robot, sources, units } = this.#options;
    const source = sources.get(joint);
    const at = this.#place(feature, joint, source);
    const { lower, upper } = robot.kinematics;
    if (source?.range) return this.#between(joint, at, source.range, lower[i], upper[i]);
    const scale = units === 'deg' ? Math.PI / 180 : 1;
    const { sign = 1, offset = 0 } = source ?? {};
    return (row) => scale * (sign * row[at] + offset);
  }

  #width(feature: string): Element {
    const { sources } = this.#options;
    const source = sources.get(GRIPPER);
    const at = this.#place(feature, GRIPPER, source);
    const [closed, open] = this.#gripper.range;
    if (source?.range) return this.#between(GRIPPER, at, source.range, closed, open);
    if (source)
      throw new InputError(
        `--joints ${GRIPPER}=${source.source}: expected its values closed and open, such as ${GRIPPER}=${source.source}@0:100`,
      );
    return (row) => row[at];
  }

  #between(joint: string, at: number, [a, b]: readonly [number, number], low: number, high: number): Element {
    if (!Number.isFinite(high - low))
      throw new InputError(`--joints ${joint}: the joint has no limits, expected JOINT=NAME without a range`);
    return (row) => low + ((row[at] - a) / (b - a)) * (high - low);
  }

  #place(feature: string, joint: string, source: JointSource | undefined): number {
    const { name, features, robot } = this.#options;
    const names = elementNames(features[feature]);
    const wanted = source?.source ?? joint;
    const at = names.indexOf(wanted);
    if (at >= 0) return at;
    const what = source ? `--joints ${joint}=${wanted}: ${name}: ${feature}` : `${name}: ${feature}`;
    const hint = source ? '' : `; --joints says which they are, such as --joints ${joint}=${names[0]}`;
    throw new InputError(
      `${what} has no ${wanted}${source ? '' : ` of robot ${robot.name}`}; its elements are ${names.join(', ')}${hint}`,
    );
  }
}

/** How far a measured joint may be beyond its limits (rad): calibrations differ by a few degrees. */
const BEYOND_LIMITS_RAD = 0.35;

/**
 * Checks that measured joints are those of the robot, which another unit, another zero or another direction betrays.
 * @param where names the frame in the message
 * @throws {InputError} for a joint that is not finite or far beyond its limits
 */
export function checkJoints(where: string, { jointNames, lower, upper }: Kinematics, positions: Float64Array): void {
  for (const [i, position] of positions.entries()) {
    if (position >= lower[i] - BEYOND_LIMITS_RAD && position <= upper[i] + BEYOND_LIMITS_RAD) continue;
    throw new InputError(
      `${where}: ${jointNames[i]} is at ${position.toFixed(2)} rad, expected ${lower[i].toFixed(2)} to ${upper[i].toFixed(2)}: --units and --joints say what its unit, zero and direction are`,
    );
  }
}
