import { elementUnit } from '../signals/specs.ts';
import { ACTION_SPACES, type ActionReference, type ActionSpace, type RowInterpolation } from './spaces.ts';

/** One action that a policy gives: a named block of numbers for one command group of the robot. */
export interface ActionSpec {
  /** Name of the block in every chunk. */
  readonly name: string;
  /** What its numbers mean. */
  readonly space: ActionSpace;
  /** Names of the elements: those of {@link ACTION_SPACES}, or of every joint of the group in any order, or of the base's command. */
  readonly names: readonly string[];
  /** SI unit of all elements, or one for each. A `gripper` has `m`, or `1` for an opening from 0 to 1. */
  readonly unit: string | readonly string[];
  /** Frame whose axes the numbers have: the base frame of the group, which '' stands for. '' for a space without axes. */
  readonly frame: string;
  /** Command of the robot that the action drives. Default: the control loop's main arm. */
  readonly group?: string;
  /** What the numbers count from. Default: the first of the space in {@link ACTION_SPACES}. */
  readonly reference?: ActionReference;
  /** What happens between two rows. Default: `snap` for a gripper's opening, `angle` for joints without limits, else `linear`. */
  readonly interpolation?: RowInterpolation;
  /**
   * Another space in which a chunk may give the block, and the loop converts it: poses of the tool, for an arm that the action moves
   * by `ee_delta`, `joint_position` or `joint_delta`. Default: none.
   */
  readonly alternative?: 'ee_pose';
}

/** Numbers for one command group. */
export interface ActionBlock {
  readonly space: ActionSpace;
  /** Row-major numbers, horizon x size. */
  readonly data: Float64Array;
  /** `m` for widths of a gripper whose action has openings, which the loop converts. Default: the unit of the action. */
  readonly unit?: 'm';
  /**
   * What happens between two rows, for each element. The control loop fills it in from the spec; a policy leaves it out. Without
   * it every element is `linear`. The quaternion of an `ee_pose` is spherically linear in any case.
   */
  readonly interpolation?: readonly RowInterpolation[];
}

/** A chunk of actions. Row k of each block is the action for time `stamp + (k + 1) * period`. */
export interface ActionChunk {
  /** Stamp of the observation from which the chunk was computed (s). */
  readonly stamp: number;
  /** Time between two rows (s). */
  readonly period: number;
  readonly horizon: number;
  /** Numbers by the names of the policy's {@link ActionSpec}s. */
  readonly blocks: Readonly<Record<string, ActionBlock>>;
  /** Weight of each modality in the fusion, 0..1; 0 for a modality that is not present. */
  readonly gates: Readonly<Record<string, number>>;
  /**
   * Position of the instruction's object in each camera image, as fractions 0..1 from the top left, with a confidence
   * 0..1.
   */
  readonly grounding?: Readonly<
    Record<string, { readonly x: number; readonly y: number; readonly confidence: number }>
  >;
  /**
   * Why the policy does nothing for the instruction, in one line: the loop then drops the chunks before this one, and the robot stands.
   * The blocks of such a chunk are not followed and may be left out. Absent in a chunk to follow.
   */
  readonly refused?: string;
}

/** Action `arm`: pose of the main arm's tool in its base frame. */
export const ARM_POSE: ActionSpec = {
  name: 'arm',
  space: 'ee_pose',
  names: ACTION_SPACES.ee_pose.names!,
  unit: ACTION_SPACES.ee_pose.unit!,
  frame: '',
};

/** Action `gripper`: distance between the fingers of the main arm (m). */
export const GRIPPER_WIDTH: ActionSpec = { name: 'gripper', space: 'gripper', names: ['width'], unit: 'm', frame: '' };

/** Actions of a policy that does not list any: {@link ARM_POSE} and {@link GRIPPER_WIDTH}. */
export const DEFAULT_ACTIONS: readonly ActionSpec[] = [ARM_POSE, GRIPPER_WIDTH];

/** Numbers of one row of an action. */
export const actionSize = ({ names }: ActionSpec): number => names.length;

/** True for a gripper whose number is an opening from 0 (closed) to 1 (open), not a width (m). */
export const isOpening = (spec: ActionSpec): boolean => spec.space === 'gripper' && elementUnit(spec, 0) === '1';

/** Reference of an action, the default of its space filled in. */
export const referenceOf = ({ space, reference }: ActionSpec): ActionReference =>
  reference ?? ACTION_SPACES[space].references[0];

/**
 * Blocks of {@link DEFAULT_ACTIONS}.
 * @param poses tool poses in the base frame, horizon x 7: x y z (m), unit quaternion qx qy qz qw
 * @param widths distances between the fingers, horizon (m)
 */
export const armBlocks = (
  poses: Float64Array,
  widths: Float64Array,
): Readonly<Record<'arm' | 'gripper', ActionBlock>> => ({
  arm: { space: 'ee_pose', data: poses },
  gripper: { space: 'gripper', data: widths },
});

/** Stiffness of a compliant tool that follows its path as a stiff one does, as far as it can (N/m). */
export const STIFF_TOOL_N_M = 5000;

/** Name of the block with the stiffness of the tool, of {@link stiffTool} and of the experts. */
export const STIFFNESS_BLOCK = 'stiffness';
/** Name of the block with the force of the tool, of {@link stiffTool} and of the experts. */
export const FORCE_BLOCK = 'force';

/** Actions of a compliant tool beside its motion, in its base frame: stiffness (N/m) and force (N). */
export const COMPLIANCE: readonly ActionSpec[] = (['stiffness', 'wrench'] as const).map((space) => ({
  ...{ name: space === 'stiffness' ? STIFFNESS_BLOCK : FORCE_BLOCK, space, frame: '' },
  ...{ names: ACTION_SPACES[space].names!, unit: ACTION_SPACES[space].unit! },
}));

/** Blocks of a compliant tool that is stiff, {@link STIFF_TOOL_N_M} along each axis, and presses on nothing. @param horizon rows */
export const stiffTool = (
  horizon: number,
): Readonly<Record<typeof STIFFNESS_BLOCK | typeof FORCE_BLOCK, ActionBlock>> => ({
  [STIFFNESS_BLOCK]: { space: 'stiffness', data: new Float64Array(3 * horizon).fill(STIFF_TOOL_N_M) },
  [FORCE_BLOCK]: { space: 'wrench', data: new Float64Array(3 * horizon) },
});
