import { quaternion, relativePose } from '@praxis/core';

type Numbers = ArrayLike<number>;

/** A point of a frame in the frame's parent. @param pose of the frame in its parent: x y z qx qy qz qw. */
export function toParentFrame(pose: Numbers, point: Numbers): [number, number, number] {
  const out: [number, number, number] = [0, 0, 0];
  quaternion.rotate(pose, point, out, 3, 0, 0);
  return [out[0] + pose[0], out[1] + pose[1], out[2] + pose[2]];
}

/** A point of the parent, seen in the frame. */
export function toChildFrame(pose: Numbers, point: Numbers): [number, number, number] {
  const out: [number, number, number] = [0, 0, 0];
  quaternion.rotateInverse(pose, [point[0] - pose[0], point[1] - pose[1], point[2] - pose[2]], out, 3, 0, 0);
  return out;
}

/** Pose of frame `b` in frame `a`, both given in the same parent. */
export function poseInFrame(a: Numbers, b: Numbers): [number, number, number, number, number, number, number] {
  const out: [number, number, number, number, number, number, number] = [0, 0, 0, 0, 0, 0, 1];
  relativePose(a, b, out);
  return out;
}
