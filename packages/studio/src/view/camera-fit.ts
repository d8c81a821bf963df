import { vector3 } from '@praxis/core';

/** A point or a direction: x forward, y left, z up (m, base frame). */
export type Vector = vector3.Vector3;

const { cross, dot, unit } = vector3;

/** A view to fit. */
export interface FitOptions {
  /** Points that the picture must show (m). */
  readonly points: readonly Vector[];
  /** Point in the middle of the picture (m). */
  readonly target: Vector;
  /** Direction from the target to the camera, not vertical. */
  readonly direction: Vector;
  /** Vertical opening angle of the camera (rad). */
  readonly fovY: number;
  /** Width of the picture divided by its height. */
  readonly aspect: number;
}

/** Shortest distance (m) of the camera from the target at which every point is in the picture; z is up in it. */
export function fittingDistance({ points, target, direction, fovY, aspect }: FitOptions): number {
  const back = unit(direction);
  const right = unit(cross([0, 0, 1], back));
  const up = cross(back, right);
  const tanY = Math.tan(fovY / 2);
  const distances = points.map((point) => {
    const from: Vector = [point[0] - target[0], point[1] - target[1], point[2] - target[2]];
    const half = Math.max(Math.abs(dot(from, right)) / (tanY * aspect), Math.abs(dot(from, up)) / tanY);
    return dot(from, back) + half;
  });
  return Math.max(...distances);
}
