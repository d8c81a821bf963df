import {
  isStale,
  type Observation,
  PolicyError,
  type PolicySpec,
  type Pose,
  type PoseDistance,
  quaternion,
} from '@praxis/core';

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
 * Reads the state of the end effector.
 * @param spec spec of the policy, whose only input is `ee_state`
 * @throws {PolicyError} when it is missing, too old or not finite, since the tool must not move from an unknown pose
 */
export function measuredTool({ name, inputs }: PolicySpec, { reference }: Observation): MeasuredTool {
  const state = reference?.state;
  const { maximumAge } = inputs[0];
  if (!state || isStale(reference.age, maximumAge) || state.length !== 8 || !state.every(Number.isFinite)) {
    throw new PolicyError(`policy ${name}: tool pose is missing or too old, expected a finite sample of ee_state`);
  }
  const pose = new Float64Array(7);
  pose.set(state.subarray(0, 3));
  quaternion.fromRotationVector(state, pose, 3, 3);
  return { pose, width: state[6] };
}
