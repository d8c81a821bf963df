import { type Kinematics, type Pose, quaternion } from '@praxis/core';
import { solveIk } from './solve.ts';

/**
 * Number of path samples. Each solution starts from the previous one, so that no joint configuration flips in between.
 */
const PATH_SAMPLES = 8;

/**
 * Tells whether the arm can move its tool in a straight line from one pose to another within the joint limits, with the
 * orientation along the shorter rotation. Only the end must be reachable: the measured start may lie slightly outside
 * the workspace.
 * @param posture preferred joints (rad) if a pose leaves a choice
 * @throws {InputError} for the same reasons as {@link solveIk}
 */
export function isStraightPathReachable(
  kinematics: Kinematics,
  from: Pose,
  to: Pose,
  posture: ArrayLike<number>,
): boolean {
  const pose = Float64Array.from(from);
  let solution = solveIk(kinematics, pose, { start: posture, posture, restarts: 0 });
  for (let part = 1; part <= PATH_SAMPLES; part++) {
    const share = part / PATH_SAMPLES;
    for (let i = 0; i < 3; i++) pose[i] = from[i] + share * (to[i] - from[i]);
    quaternion.slerp(from, to, share, pose, 3, 3, 3);
    solution = solveIk(kinematics, pose, { start: solution.joints, posture, restarts: 0 });
  }
  return solution.converged;
}
