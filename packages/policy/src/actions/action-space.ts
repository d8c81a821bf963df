import {
  ACTION_SPACES,
  type ActionBlock,
  type ActionSpec,
  GRIPPER_WIDTH,
  POSE_SIZE,
  quaternion,
  toAbsolute,
} from '@praxis/core';

/**
 * Stream with the reference pose of `ee_delta`: `[x, y, z (m), rx, ry, rz (rad), width (m), width speed (m/s)]` of the tool
 * in the base frame.
 */
export const REFERENCE_STREAM = 'ee_state';

/** Numbers of {@link REFERENCE_STREAM}. */
export const REFERENCE_SIZE = 8;

const ARM_DELTA: ActionSpec = {
  name: 'arm',
  space: 'ee_delta',
  names: ACTION_SPACES.ee_delta.names!,
  unit: ACTION_SPACES.ee_delta.unit!,
  frame: '',
};

/**
 * The `ee_delta` of manifests of version 1 and of the wire: displacements from the tool's pose at the observation, along the axes of the
 * base frame, position (m) and rotation vector (rad; target = exp(dr) * pose), and the absolute width of the gripper (m).
 */
export const EE_DELTA_ACTIONS: readonly ActionSpec[] = [ARM_DELTA, GRIPPER_WIDTH];

/** Names of the elements of a row of {@link EE_DELTA_ACTIONS}. */
export const EE_DELTA_NAMES: readonly string[] = EE_DELTA_ACTIONS.flatMap(({ names }) => names);

/**
 * Makes the displacements of {@link EE_DELTA_ACTIONS} poses of the tool in the base frame. Numbers that are not finite stay so.
 * @param state sample of {@link REFERENCE_STREAM} at the observation's stamp
 */
export function posesFrom(
  state: Float64Array,
  blocks: Readonly<Record<string, ActionBlock>>,
  horizon: number,
): Readonly<Record<string, ActionBlock>> {
  const tool = new Float64Array(POSE_SIZE);
  tool.set(state.subarray(0, 3));
  quaternion.fromRotationVector(state, tool, 3, 3);
  return { ...blocks, arm: toAbsolute(ARM_DELTA, blocks.arm, horizon, tool) };
}
