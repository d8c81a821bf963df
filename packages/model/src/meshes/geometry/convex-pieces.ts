import { extremeVertices } from './extreme-vertices.ts';
import type { Mesh } from './mesh.ts';

/** Triangles of a mesh. */
export type Triangles = Pick<Mesh, 'positions' | 'indices'>;

/** Convex bodies that stand for a mesh: x, y, z of the vertices of each. */
export type ConvexBodies = readonly (readonly number[])[];

/** Times that a mesh of a gripper is cut in half. */
const GRIPPER_CUTS = 4;
/** A body flatter than this share of its size has no volume. */
const LEAST_FLATNESS = 0.003;

/** Corners of a polygon, x, y, z each. */
type Polygon = readonly (readonly [number, number, number])[];

/**
 * Cuts a mesh in half, across the longest side of each piece each time, and returns the convex hulls of the pieces. Sixteen, four cuts,
 * leave the space between the jaws of a gripper free. Pieces without volume are left out.
 */
export function convexPieces(mesh: Triangles, cuts = GRIPPER_CUTS): ConvexBodies {
  const corner = (i: number) => {
    const at = 3 * mesh.indices[i];
    return [mesh.positions[at], mesh.positions[at + 1], mesh.positions[at + 2]] as const;
  };
  const triangles: Polygon[] = [];
  for (let i = 0; i < mesh.indices.length; i += 3) triangles.push([corner(i), corner(i + 1), corner(i + 2)]);
  let pieces: (readonly Polygon[])[] = [triangles];
  for (let cut = 0; cut < cuts; cut++) pieces = pieces.flatMap(halves);
  return pieces
    .map((polygons) => extremeVertices(polygons.flat(2)))
    .filter(({ flatness }) => flatness > LEAST_FLATNESS)
    .map(({ vertices }) => vertices);
}

/** Cuts polygons in half across the longest side of their bounding box. */
function halves(polygons: readonly Polygon[]): (readonly Polygon[])[] {
  const [low, high] = [[0, 0, 0].fill(Number.POSITIVE_INFINITY), [0, 0, 0].fill(Number.NEGATIVE_INFINITY)];
  for (const point of polygons.flat()) {
    for (let i = 0; i < 3; i++) {
      low[i] = Math.min(low[i], point[i]);
      high[i] = Math.max(high[i], point[i]);
    }
  }
  const sides = low.map((value, i) => high[i] - value);
  const axis = sides.indexOf(Math.max(...sides));
  const middle = (low[axis] + high[axis]) / 2;
  return [1, -1]
    .map((side) => polygons.map((polygon) => clip(polygon, axis, middle, side)).filter(({ length }) => length > 2))
    .filter(({ length }) => length > 0);
}

/** Keeps the part of a polygon on one side of a plane (Sutherland and Hodgman 1974). @param side 1 above, -1 below the middle */
function clip(polygon: Polygon, axis: number, middle: number, side: number): Polygon {
  const out: (readonly [number, number, number])[] = [];
  polygon.forEach((point, i) => {
    const next = polygon[(i + 1) % polygon.length];
    const [here, there] = [side * (point[axis] - middle), side * (next[axis] - middle)];
    if (here >= 0) out.push(point);
    if (here * there >= 0) return;
    const share = here / (here - there);
    const at = (k: number) => point[k] + share * (next[k] - point[k]);
    out.push([at(0), at(1), at(2)]);
  });
  return out;
}
