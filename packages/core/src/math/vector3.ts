/** A point or a direction: x, y, z. For set-up and drawing; a tick uses views of typed arrays, which allocate nothing. */
export type Vector3 = readonly [x: number, y: number, z: number];

/** Dot product. */
export const dot = (a: Vector3, b: Vector3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** a - b. */
export const minus = (a: Vector3, b: Vector3): Vector3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];

/** Right-handed cross product. */
export const cross = (a: Vector3, b: Vector3): Vector3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

/** The vector of length 1 in the same direction; z for a vector of zeros. */
export function unit(v: Vector3): Vector3 {
  const length = Math.sqrt(dot(v, v));
  return length > 0 ? [v[0] / length, v[1] / length, v[2] / length] : [0, 0, 1];
}
