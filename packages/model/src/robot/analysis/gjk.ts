import { vector3 } from '@praxis/core';

type Vector = vector3.Vector3;

const { cross, dot, minus } = vector3;
const negative = (a: Vector): Vector => [-a[0], -a[1], -a[2]];

/** The point of a list that lies farthest in a direction. */
function farthest(points: Float64Array, [x, y, z]: Vector): Vector {
  let [best, most] = [0, -Infinity];
  for (let i = 0; i < points.length; i += 3) {
    const along = points[i] * x + points[i + 1] * y + points[i + 2] * z;
    if (along > most) [best, most] = [i, along];
  }
  return [points[best], points[best + 1], points[best + 2]];
}

/** A simplex, newest point last, and the direction from it to the origin; undefined when the origin is inside. */
type Step = readonly [simplex: readonly Vector[], direction: Vector] | undefined;

const MAX_STEPS = 64;

/**
 * True when the convex hulls of two point sets overlap (Gilbert, Johnson and Keerthi 1988, in the boolean form of van den Bergen 1999).
 * Hulls that only touch may count as either.
 */
export function hullsOverlap(a: Float64Array, b: Float64Array): boolean {
  const support = (direction: Vector): Vector => minus(farthest(a, direction), farthest(b, negative(direction)));
  let direction: Vector = minus(farthest(b, [1, 0, 0]), farthest(a, [1, 0, 0]));
  if (dot(direction, direction) === 0) direction = [1, 0, 0];
  let simplex: readonly Vector[] = [support(direction)];
  direction = negative(simplex[0]);
  for (let step = 0; step < MAX_STEPS; step++) {
    if (dot(direction, direction) < 1e-20) return true;
    const next = support(direction);
    if (dot(next, direction) < 0) return false;
    const reduced = nearest([...simplex, next]);
    if (!reduced) return true;
    [simplex, direction] = reduced;
  }
  return true;
}

function nearest(simplex: readonly Vector[]): Step {
  if (simplex.length === 2) return nearestOfLine(simplex[1], simplex[0]);
  if (simplex.length === 3) return nearestOfTriangle(simplex[2], simplex[1], simplex[0]);
  return nearestOfTetrahedron(simplex[3], simplex[2], simplex[1], simplex[0]);
}

/** The newest point comes first. */
function nearestOfLine(a: Vector, b: Vector): Step {
  const [ab, toOrigin] = [minus(b, a), negative(a)];
  if (dot(ab, toOrigin) <= 0) return [[a], toOrigin];
  return [[b, a], cross(cross(ab, toOrigin), ab)];
}

function nearestOfTriangle(a: Vector, b: Vector, c: Vector): Step {
  const [ab, ac, toOrigin] = [minus(b, a), minus(c, a), negative(a)];
  const normal = cross(ab, ac);
  if (dot(cross(normal, ac), toOrigin) > 0) {
    return dot(ac, toOrigin) > 0 ? [[c, a], cross(cross(ac, toOrigin), ac)] : nearestOfLine(a, b);
  }
  if (dot(cross(ab, normal), toOrigin) > 0) return nearestOfLine(a, b);
  return dot(normal, toOrigin) > 0 ? [[c, b, a], normal] : [[b, c, a], negative(normal)];
}

function nearestOfTetrahedron(a: Vector, b: Vector, c: Vector, d: Vector): Step {
  const toOrigin = negative(a);
  for (const [p, q, other] of [
    [b, c, d],
    [c, d, b],
    [d, b, c],
  ]) {
    let normal = cross(minus(p, a), minus(q, a));
    // The normal points away from the fourth corner, whichever way round the simplex is.
    if (dot(normal, minus(other, a)) > 0) normal = negative(normal);
    if (dot(normal, toOrigin) > 0) return nearestOfTriangle(a, p, q);
  }
  return undefined;
}
