import { atan2, quaternion } from '@praxis/core';

/** A tool that leans further was turned on purpose (rad). */
const MAX_LEAN_RAD = 0.35;
const POINTING = Float64Array.of(0, 0, 1);

/**
 * Turns a pose by the shortest way until the tool points straight down, when it leans by at most 0.35 rad. Every contact leaves an arm with a slightly
 * turned tool, and without this they add up.
 * @param pose x y z qx qy qz qw (base frame); its orientation is changed
 * @returns false, with the pose as it was, when the tool leans further
 */
export function turnUpright(pose: Float64Array): boolean {
  const axis = new Float64Array(3);
  quaternion.rotate(pose, POINTING, axis, 3);
  const [x, y, z] = axis;
  const across = Math.sqrt(x * x + y * y);
  const lean = atan2(across, -z);
  if (lean > MAX_LEAN_RAD) return false;
  if (across === 0) return true;
  // The rotation of the tool's axis onto [0, 0, -1] is about their cross product, [-y, x, 0].
  const turn = new Float64Array(4);
  quaternion.fromRotationVector([(-y * lean) / across, (x * lean) / across, 0], turn);
  quaternion.multiply(turn, pose, pose, 0, 3, 3);
  quaternion.normalise(pose, pose, 3, 3);
  return true;
}
