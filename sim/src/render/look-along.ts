import { quaternion } from '@praxis/core';

/**
 * Orientation (quaternion xyzw) of a camera that looks along a direction, with the vertical upright in its picture: x right, y down, z ahead.
 * @param direction not vertical, of any length
 */
export function lookAlong(direction: ArrayLike<number>): number[] {
  const [x, y, z] = [direction[0], direction[1], direction[2]];
  const length = Math.hypot(x, y, z);
  const ahead = [x / length, y / length, z / length];
  const flat = Math.hypot(ahead[0], ahead[1]);
  const right = [ahead[1] / flat, -ahead[0] / flat, 0];
  const down = [
    ahead[1] * right[2] - ahead[2] * right[1],
    ahead[2] * right[0] - ahead[0] * right[2],
    ahead[0] * right[1] - ahead[1] * right[0],
  ];
  const q = [0, 0, 0, 1];
  quaternion.fromMatrix(
    [0, 1, 2].flatMap((row) => [right[row], down[row], ahead[row]]),
    q,
  );
  return q;
}
