import { InputError, vector3 } from '@praxis/core';
import type { RobotDefinition } from '@praxis/model';
import { PRAXIS_ARM } from '../robot/praxis-arm.ts';
import type { RobotSetup } from '../robot/setup.ts';
import { findArea } from './find-area.ts';
import type { Task } from './task.ts';
import { DOWN_ORIENTATION, type ToolOrientation } from './tool-orientation.ts';

/** Area of the Praxis arm that the layouts of the tasks are drawn in (m, base frame). */
const LAYOUT_X_M = [0.36, 0.58] as const;
const LAYOUT_HALF_Y_M = 0.22;
/** A gripper within this of its open width counts as open (m), in an area of scale 1. */
const OPEN_TOLERANCE_M = 0.01;

/** Lower and upper end of a range (m). */
export type Range = readonly [lower: number, upper: number];

/** Where a robot takes and places things from above, and how. Lengths in the frame of the scene, which is that of the base of an only arm. */
export interface TaskArea extends ToolOrientation {
  /** Size of objects, distances and heights compared with the area of the Praxis arm. */
  readonly scale: number;
  /** Where objects to take may stand (m). */
  readonly x: Range;
  readonly y: Range;
  /** Where the tool is at the start (m). */
  readonly start: readonly [x: Range, y: Range, z: Range];
  /** Distance between the fingers of the open gripper (m). */
  readonly openWidth: number;
  /** A gripper wider than this is open (m). */
  readonly openEnough: number;
  /** Place of the base of the working arm of several (m); its axes are those of the scene. Undefined: the scene's origin. */
  readonly base?: vector3.Vector3;
  /** Least height of the tool, at which the fingers do not touch the table (m). */
  readonly minimumHeight: number;
}

function givenArea(
  { scale, x, y, start, openWidth, graspHeight }: NonNullable<RobotDefinition['taskArea']>,
  { orientation, tilt, base }: ToolOrientation & Pick<TaskArea, 'base'>,
): TaskArea {
  const range = (axis: 0 | 1 | 2): Range => [start.lower[axis], start.upper[axis]];
  return {
    ...{ scale, x, y, orientation, openWidth },
    ...(tilt ? { tilt } : {}),
    ...(base ? { base } : {}),
    start: [range(0), range(1), range(2)],
    openEnough: openWidth - OPEN_TOLERANCE_M * scale,
    minimumHeight: graspHeight,
  };
}

/** Area of the Praxis arm. */
export const PRAXIS_AREA: TaskArea = givenArea(PRAXIS_ARM.taskArea!, { orientation: DOWN_ORIENTATION });

const areas = new WeakMap<RobotSetup, TaskArea>();

/**
 * Returns the area of a robot: that of its definition, else one found by inverse kinematics, once.
 * @throws {InputError} when the robot's working arm reaches no area with its gripper pointing down, and for a robot with a driven base
 */
export function taskAreaOf(setup: RobotSetup): TaskArea {
  const { bases, workingArm } = setup;
  if (bases.length > 0) {
    throw new InputError(
      `robot ${setup.name}: it has the driven base ${bases[0].name}; tasks that place things in reach take arms that are fixed, expected the task free`,
    );
  }
  if (!workingArm?.joints.length) {
    throw new InputError(`robot ${setup.name}: it has no arm, only a gripper, expected the task free`);
  }
  let area = areas.get(setup);
  if (!area) {
    const found = findArea(setup, workingArm, setup.definition.taskArea);
    area = givenArea(found, found);
    areas.set(setup, area);
  }
  return area;
}

/**
 * Returns the area that a task draws its scene in; undefined for a task that starts at home.
 * @throws {InputError} for a robot that has no such area, or lacks what the task needs
 */
export function areaFor({ name, start, needs = [] }: Pick<Task, 'name' | 'start' | 'needs'>, setup: RobotSetup) {
  const area = start === 'home' ? undefined : taskAreaOf(setup);
  if (needs.includes('wrist sensor') && !setup.workingArm?.sensorLink) {
    throw new InputError(`robot ${setup.name}: it has no wrist force/torque sensor, which the task ${name} needs`);
  }
  return area;
}

/** Converts a position in the scene to the frame of the working arm's base (m). */
export const inBaseFrame = ({ base }: Pick<TaskArea, 'base'>, position: vector3.Vector3): vector3.Vector3 =>
  base ? vector3.minus(position, base) : position;

/** Converts an x of the layout of the Praxis arm (m) to an area. */
export function layoutX({ x: [lower, upper] }: TaskArea, x: number): number {
  // Rounding would move the scenes of the area itself.
  if (lower === LAYOUT_X_M[0] && upper === LAYOUT_X_M[1]) return x;
  return lower + ((x - LAYOUT_X_M[0]) * (upper - lower)) / (LAYOUT_X_M[1] - LAYOUT_X_M[0]);
}

/** Converts a y of the layout of the Praxis arm (m) to an area. */
export const layoutY = ({ y: [lower, upper] }: TaskArea, y: number): number =>
  (lower + upper) / 2 + y * ((upper - lower) / 2 / LAYOUT_HALF_Y_M);
