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

/** A camera position and the point that it looks at (m). */
export interface CameraView {
  readonly position: Vector;
  readonly target: Vector;
}

/**
 * The nearest camera in a direction that has every point in its picture, with as much room left as right and as above as below.
 * Each edge of the picture gives a plane through the camera, and no point may lie beyond it.
 * @param options without a target: the camera looks at the middle of the points' depths
 */
export function centredView({ points, direction, fovY, aspect }: Omit<FitOptions, 'target'>): CameraView {
  const back = unit(direction);
  const right = unit(cross([0, 0, 1], back));
  const up = cross(back, right);
  const tanY = Math.tan(fovY / 2);
  const depths = points.map((point) => dot(point, back));
  const along = (axis: Vector, tan: number) => {
    const first = Math.max(...points.map((point, i) => dot(point, axis) + tan * depths[i]));
    const second = Math.max(...points.map((point, i) => tan * depths[i] - dot(point, axis)));
    return { middle: (first - second) / 2, depth: (first + second) / (2 * tan) };
  };
  const [across, upright] = [along(right, tanY * aspect), along(up, tanY)];
  const depth = Math.max(across.depth, upright.depth);
  const at = (distance: number): Vector => {
    const part = (i: 0 | 1 | 2) => across.middle * right[i] + upright.middle * up[i] + distance * back[i];
    return [part(0), part(1), part(2)];
  };
  return { position: at(depth), target: at((Math.min(...depths) + Math.max(...depths)) / 2) };
}
