import { parseUrdf, type Triangles } from '@praxis/model';
import { expect, it } from 'vitest';
import { hullsOf } from './hulls.ts';

/** Faces of a box, as triangles. */
const FACES = [
  0, 2, 1, 1, 2, 3, 4, 5, 6, 5, 7, 6, 0, 1, 4, 1, 5, 4, 2, 6, 3, 3, 6, 7, 0, 4, 2, 2, 4, 6, 1, 3, 5, 3, 7, 5,
];

/** Boxes given by two corners each, in one mesh. */
function boxes(...corners: readonly (readonly [readonly number[], readonly number[]])[]): Triangles {
  const positions = corners.flatMap((ends) =>
    Array.from({ length: 8 }, (_, k) => [0, 1, 2].map((axis) => ends[(k >> axis) & 1][axis])).flat(),
  );
  return {
    positions: Float32Array.from(positions),
    indices: Uint32Array.from(corners.flatMap((_, box) => FACES.map((corner) => corner + 8 * box))),
  };
}

/** Two fingers of 10 cm on a palm, 4 cm apart: the letter U in the plane of y and z. */
const fork = boxes(
  [
    [-0.01, -0.03, 0],
    [0.01, 0.03, 0.02],
  ],
  [
    [-0.01, -0.03, 0.02],
    [0.01, -0.02, 0.1],
  ],
  [
    [-0.01, 0.02, 0.02],
    [0.01, 0.03, 0.1],
  ],
);
const model = parseUrdf(
  '<robot name="r"><link name="hand"><collision><geometry><mesh filename="fork.stl"/></geometry></collision></link></robot>',
);
const meshes = new Map([['fork.stl', fork]]);

/** Range of a body's vertices along an axis. */
const rangeOf = (vertices: readonly number[], axis: number): [number, number] => {
  const values = vertices.filter((_, i) => i % 3 === axis);
  return [Math.min(...values), Math.max(...values)];
};
/** True when the box around a body holds a point. */
const holds = (vertices: readonly number[], point: readonly number[]) =>
  point.every((value, axis) => value > rangeOf(vertices, axis)[0] && value < rangeOf(vertices, axis)[1]);

it('a mesh that is no part of a gripper has one hull, which touches its ends', () => {
  const [hull, ...others] = hullsOf(model, meshes, new Set()).get('fork.stl')!;
  expect(others).toEqual([]);
  expect(rangeOf(hull, 2).map((v) => Math.round(1e6 * v) / 1e6)).toEqual([0, 0.1]);
});

it('the pieces of a gripper leave the space between its fingers free', () => {
  const pieces = hullsOf(model, meshes, new Set(['hand'])).get('fork.stl')!;
  const between = [0, 0, 0.07];
  expect(pieces.some((piece) => holds(piece, between))).toBe(false);
  expect(pieces.some((piece) => holds(piece, [0, -0.025, 0.07]))).toBe(true);
  expect(pieces.some((piece) => holds(piece, [0, 0.025, 0.07]))).toBe(true);
  const [one] = hullsOf(model, meshes, new Set()).get('fork.stl')!;
  expect(holds(one, between)).toBe(true);
});
