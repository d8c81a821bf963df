import { type ObservationInput, PolicyError, type Pose, quaternion } from '@praxis/core';

/** `[x, y, z, qx, qy, qz, qw]` in the base frame, m and unit quaternion. */
export type ToolPose = Pose;

/** How far apart two poses are. */
export interface Gap {
  readonly metres: number;
  readonly radians: number;
}

export const within = (gap: Gap, most: Gap): boolean => gap.metres <= most.metres && gap.radians <= most.radians;

export function distance(from: ToolPose, to: ToolPose): Gap {
  const way = Float64Array.from(to.subarray(0, 3), (value, i) => value - from[i]);
  const turn = new Float64Array(4);
  quaternion.conjugate(from, turn, 3);
  quaternion.multiply(to, turn, turn, 3);
  quaternion.toRotationVector(turn, turn);
  return { metres: norm(way), radians: norm(turn) };
}

const norm = (v: Float64Array): number => Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);

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
