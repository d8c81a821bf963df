import { asin, atan2, quaternion } from '@praxis/core';
import type { Origin, Vector3 } from './robot-model.ts';

/** Roll, pitch and yaw (rad) of a unit quaternion x, y, z, w, with the pitch in -pi/2..pi/2. */
export function toRpy([x, y, z, w]: Origin['quaternion']): Vector3 {
  const sine = Math.max(-1, Math.min(1, 2 * (w * y - z * x)));
  // At a pitch of +-pi/2 roll and yaw turn about one axis: the yaw takes all of it.
  if (Math.abs(sine) > 1 - 1e-12) return [0, asin(sine), atan2(2 * (w * z - x * y), 1 - 2 * (x * x + z * z))];
  return [
    atan2(2 * (w * x + y * z), 1 - 2 * (x * x + y * y)),
    asin(sine),
    atan2(2 * (w * z + x * y), 1 - 2 * (y * y + z * z)),
  ];
}

/**
 * The origin at a pose.
 * @param pose x, y, z (m) and the quaternion x, y, z, w, which is normalised
 */
export function originAt(pose: ArrayLike<number>): Origin {
  const q: [number, number, number, number] = [pose[3], pose[4], pose[5], pose[6]];
  quaternion.normalise(q, q);
  return { xyz: [pose[0], pose[1], pose[2]], rpy: toRpy(q), quaternion: q };
}

/** Unit quaternion x, y, z, w of roll, pitch and yaw (rad) about fixed axes: yaw * pitch * roll. */
function fromRpy(rpy: Vector3): Origin['quaternion'] {
  const out: [number, number, number, number] = [0, 0, 0, 1];
  const turn = [0, 0, 0, 1];
  for (let axis = 0; axis < 3; axis++) {
    const vector = [0, 0, 0];
    vector[axis] = rpy[axis];
    quaternion.fromRotationVector(vector, turn);
    quaternion.multiply(turn, out, out);
  }
  return out;
}

/**
 * The origin at a position with a rotation by roll, pitch and yaw.
 * @param xyz position (m)
 * @param rpy angles about the parent's fixed x, y and z axes (rad)
 */
export const originOf = (xyz: Vector3, rpy: Vector3): Origin => ({ xyz, rpy, quaternion: fromRpy(rpy) });
