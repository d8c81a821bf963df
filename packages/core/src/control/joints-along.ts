import { length3, POSE_SIZE, poseError } from '../math/pose.ts';
import type { Kinematics } from '../ports/kinematics.ts';
import { DifferentialIk } from './differential-ik.ts';

/** Steps of the inverse kinematics for each pose: poses of a chunk are a few centimetres apart. */
const MAX_STEPS = 30;
/** Distances at which a pose counts as reached (m, rad). */
const REACHED_M = 1e-5;
const REACHED_RAD = 1e-4;
/** Time of one step (s): long enough that the speeds of joints limit none. */
const STEP_TIME_S = 10;

/**
 * Joint positions along poses of the tool, each from the one before it. A pose out of reach gives the joints that come closest on the
 * way there.
 * @param poses rows `[x, y, z, qx, qy, qz, qw]` in the base frame (m, unit quaternion)
 * @param start joint positions before the first pose (rad), in the order of the kinematics
 * @returns a row of joint positions for each pose, in the order of the kinematics
 */
export function jointsAlong(kinematics: Kinematics, poses: Float64Array, start: Float64Array): Float64Array {
  const count = kinematics.jointNames.length;
  const ik = new DifferentialIk(kinematics, { postureGain: 0 });
  ik.reset(start);
  const [at, motion] = [new Float64Array(POSE_SIZE), new Float64Array(6)];
  const rows = new Float64Array((poses.length / POSE_SIZE) * count);
  for (let k = 0; k < poses.length / POSE_SIZE; k++) {
    const target = poses.subarray(k * POSE_SIZE, (k + 1) * POSE_SIZE);
    for (let step = 0; step < MAX_STEPS; step++) {
      kinematics.forward(ik.joints, at);
      poseError(target, at, motion);
      if (length3(motion) < REACHED_M && length3(motion, 3) < REACHED_RAD) break;
      ik.move(motion, STEP_TIME_S);
    }
    rows.set(ik.joints, k * count);
  }
  return rows;
}
