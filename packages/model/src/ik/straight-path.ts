import { type Kinematics, type Pose, quaternion } from '@praxis/core';
import { solveIk } from './solve.ts';

/** Parts of a way that are looked at one after another: joints do not turn over on it, as they may in one leap. */
const PATH_SAMPLES = 8;

/**
 * Whether joints within their limits bring the tool straight from one pose to another, positions linear and orientations the
 * shorter way round. Only the end has to be reached: a tool may be measured a hair beyond its reach where it stands.
 * @param posture joints (rad) that the arm stays near where a pose leaves a choice
 * @throws {InputError} as {@link solveIk}
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
