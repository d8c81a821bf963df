import { vector3 } from '@praxis/core';
import type { Capsule } from '../../config/filter-config.ts';

type Point = vector3.Vector3;

const { cross, dot, unit } = vector3;
const at = (points: ArrayLike<number>, i: number): Point => [points[i], points[i + 1], points[i + 2]];

/** Two unit vectors at right angles to an axis and to each other. */
function across(axis: Point): readonly [Point, Point] {
  const other: Point = Math.abs(axis[0]) < 0.6 ? [1, 0, 0] : [0, 1, 0];
  const first = unit(cross(axis, other));
  return [first, cross(axis, first)];
}

/** The direction in which the points lie farthest apart from their mean, by power iteration on their covariance. */
function longestAxis(points: ArrayLike<number>): Point {
  const count = points.length / 3;
  const mean = [0, 0, 0];
  for (let i = 0; i < points.length; i++) mean[i % 3] += points[i] / count;
  let [xx, xy, xz, yy, yz, zz] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < points.length; i += 3) {
    const [x, y, z] = [points[i] - mean[0], points[i + 1] - mean[1], points[i + 2] - mean[2]];
    xx += x * x;
    xy += x * y;
    xz += x * z;
    yy += y * y;
    yz += y * z;
    zz += z * z;
  }
  let axis: Point = unit([1, 0.7, 0.4]);
  for (let step = 0; step < 50; step++) {
    const next: Point = [dot([xx, xy, xz], axis), dot([xy, yy, yz], axis), dot([xz, yz, zz], axis)];
    if (dot(next, next) === 0) return axis;
    axis = unit(next);
  }
  return axis;
}

/** The capsule about an axis through the middle of the points across it. */
function alongAxis(points: ArrayLike<number>, axis: Point): Capsule {
  const [u, v] = across(axis);
  const range = (direction: Point): readonly [number, number] => {
    let [low, high] = [Infinity, -Infinity];
    for (let i = 0; i < points.length; i += 3) {
      const along = dot(at(points, i), direction);
      low = Math.min(low, along);
      high = Math.max(high, along);
    }
    return [low, high];
  };
  const [cu, cv] = [u, v].map((direction) => {
    const [low, high] = range(direction);
    return (low + high) / 2;
  });
  const offAxis = (p: Point): number => Math.hypot(dot(p, u) - cu, dot(p, v) - cv);
  let radius = 0;
  for (let i = 0; i < points.length; i += 3) radius = Math.max(radius, offAxis(at(points, i)));
  // An end may come in from a point by what the round end reaches out at the point's distance from the axis.
  let [from, to] = [Infinity, -Infinity];
  for (let i = 0; i < points.length; i += 3) {
    const p = at(points, i);
    const reach = Math.sqrt(Math.max(radius * radius - offAxis(p) ** 2, 0));
    from = Math.min(from, dot(p, axis) + reach);
    to = Math.max(to, dot(p, axis) - reach);
  }
  if (from > to) from = to = (from + to) / 2;
  const point = (t: number): Point => [
    t * axis[0] + cu * u[0] + cv * v[0],
    t * axis[1] + cu * u[1] + cv * v[1],
    t * axis[2] + cu * u[2] + cv * v[2],
  ];
  return { from: point(from), to: point(to), radius };
}

/** Volume of a capsule (m^3). */
export const capsuleVolume = ({ from, to, radius }: Capsule): number =>
  Math.PI * radius * radius * (Math.hypot(to[0] - from[0], to[1] - from[1], to[2] - from[2]) + (4 / 3) * radius);

/**
 * A capsule that contains all points: the smallest of those along the x, y and z axis and along the longest extent of the points.
 * @param points x, y, z of each (m); at least one
 */
export function capsuleAround(points: ArrayLike<number>): Capsule {
  const axes: readonly Point[] = [[1, 0, 0], [0, 1, 0], [0, 0, 1], longestAxis(points)];
  const capsules = axes.map((axis) => alongAxis(points, axis));
  return capsules.reduce((best, each) => (capsuleVolume(each) < capsuleVolume(best) ? each : best));
}
