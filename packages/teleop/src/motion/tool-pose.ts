import { type ObservationInput, PolicyError, type Pose, type PoseDistance, quaternion } from '@praxis/core';

/** Tool pose `[x, y, z, qx, qy, qz, qw]` in the base frame (m, unit quaternion). */
export type ToolPose = Pose;

/** True when a distance is within limits of position (m) and orientation (rad). */
export const isWithin = (gap: PoseDistance, most: PoseDistance): boolean =>
  gap.metres <= most.metres && gap.radians <= most.radians;

/** Measured state of the end effector. */
export interface MeasuredTool {
  readonly pose: ToolPose;
  /** Distance between the fingers (m). */
  readonly width: number;
}

/**
 * Reads the newest sample of `ee_state`.
 * @param policy name of the policy, for the error
 * @throws {PolicyError} when the sample is missing, too old or not finite, since the tool must not move from an unknown pose
 */
export function measuredTool(policy: string, input: ObservationInput | undefined): MeasuredTool {
  const state = input?.samples.at(-1);
  if (!input?.present || !(state instanceof Float64Array) || state.length !== 8 || !state.every(Number.isFinite)) {
    throw new PolicyError(`policy ${policy}: tool pose is missing or too old, expected a finite sample of ee_state`);
  }
  const pose = new Float64Array(7);
  pose.set(state.subarray(0, 3));
  quaternion.fromRotationVector(state, pose, 3, 3);
  return { pose, width: state[6] };
}
