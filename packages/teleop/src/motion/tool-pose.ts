import { type ObservationInput, PolicyError, type Pose, type PoseDistance, quaternion } from '@praxis/core';

/** `[x, y, z, qx, qy, qz, qw]` in the base frame, m and unit quaternion. */
export type ToolPose = Pose;

export const isWithin = (gap: PoseDistance, most: PoseDistance): boolean =>
  gap.metres <= most.metres && gap.radians <= most.radians;

/** Where tool and fingers are measured to be. */
export interface MeasuredTool {
  readonly pose: ToolPose;
  /** m. */
  readonly width: number;
}

/**
 * Reads a sample of `ee_state`.
 * @throws {PolicyError} when it is missing, too old or not finite: nothing moves without knowing where it is.
 */
export function measuredTool(policy: string, input: ObservationInput | undefined): MeasuredTool {
  const state = input?.samples.at(-1);
  if (!input?.present || !(state instanceof Float64Array) || state.length !== 8 || !state.every(Number.isFinite)) {
    throw new PolicyError(`policy ${policy}: where the tool is was not measured lately, expected a sample of ee_state`);
  }
  const pose = new Float64Array(7);
  pose.set(state.subarray(0, 3));
  quaternion.fromRotationVector(state, pose, 3, 3);
  return { pose, width: state[6] };
}
