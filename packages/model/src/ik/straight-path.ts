import { type Kinematics, type Pose, quaternion, type ToolTask, toolTaskOf } from '@praxis/core';
import { solveIk } from './solve.ts';

/**
 * Number of path samples. Each solution starts from the previous one, so that no joint configuration flips in between.
 */
const PATH_SAMPLES = 8;
/** Largest orientation error at the ends of a path on which the position comes first (rad). */
const ORIENTATION_TOLERANCE_RAD = 1e-3;

/**
 * Tells whether the arm can move its tool in a straight line from one pose to another within the joint limits, with the
 * orientation along the shorter rotation. Only the end must be reachable: the measured start may lie slightly outside
 * the workspace. On the way an arm of fewer than six joints keeps the position on the line, and the orientation as close
 * as it can.
 * @param posture preferred joints (rad) if a pose leaves a choice
 * @param task what the tool must reach at the end. Default: `position` for fewer than six joints, else `pose`
 * @throws {InputError} for the same reasons as {@link solveIk}
 */
export function isStraightPathReachable(
  kinematics: Kinematics,
  from: Pose,
  to: Pose,
  posture: ArrayLike<number>,
  task: ToolTask = toolTaskOf(kinematics.jointNames.length),
): boolean {
  const isPositionFirst = toolTaskOf(kinematics.jointNames.length) === 'position';
  const followed = isPositionFirst ? 'position' : task;
  const pose = Float64Array.from(from);
  const options = { posture, restarts: 0, task: followed };
  // An arm of few joints reaches a pose in few configurations, which may all be far from the posture.
  const search = isPositionFirst ? { restarts: undefined, orientationTolerance: ORIENTATION_TOLERANCE_RAD } : {};
  let solution = solveIk(kinematics, pose, { ...options, ...search, start: posture });
  for (let part = 1; part <= PATH_SAMPLES; part++) {
    const share = part / PATH_SAMPLES;
    for (let i = 0; i < 3; i++) pose[i] = from[i] + share * (to[i] - from[i]);
    quaternion.slerp(from, to, share, pose, 3, 3, 3);
    solution = solveIk(kinematics, pose, { ...options, start: solution.joints });
  }
  return solution.converged && (task === followed || solution.orientationError < ORIENTATION_TOLERANCE_RAD);
}
