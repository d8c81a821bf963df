import { quaternion } from '@praxis/core';

/** Transforms a point (m) from a frame to its parent. @param pose pose of the frame in its parent: x y z (m), qx qy qz qw */
export function toParentFrame(pose: ArrayLike<number>, point: ArrayLike<number>): [number, number, number] {
  const out: [number, number, number] = [0, 0, 0];
  quaternion.rotate(pose, point, out, 3, 0, 0);
  return [out[0] + pose[0], out[1] + pose[1], out[2] + pose[2]];
}

/** Transforms a point (m) from the parent to a frame. @param pose pose of the frame in its parent: x y z (m), qx qy qz qw */
export function toChildFrame(pose: ArrayLike<number>, point: ArrayLike<number>): [number, number, number] {
  const out: [number, number, number] = [0, 0, 0];
  quaternion.rotateInverse(pose, [point[0] - pose[0], point[1] - pose[1], point[2] - pose[2]], out, 3, 0, 0);
  return out;
}
