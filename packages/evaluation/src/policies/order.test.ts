import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bestAssignment, findClosestOrder, findOrder } from './order.ts';

const rows = Array.from({ length: 12 }, (_, k) => [Math.sin(k), Math.sin(1.7 * k + 1), Math.cos(2.9 * k), k % 3]);

it('finds the order and the signs in which actions answer', () => {
  const given = rows.map(([a, b, c, d]) => [10 * c, 10 * d, -10 * a, 10 * b]);
  expect(findOrder(given, rows)).toEqual({ order: [2, 3, 0, 1], signs: [1, 1, -1, 1] });
});

it('is silent where the own order answers, or none does', () => {
  expect(
    findOrder(
      rows.map((row) => row.map((value) => 3 * value + 1)),
      rows,
    ),
  ).toBeUndefined();
  const unrelated = rows.map((_, k) => [((k * 7919) % 13) - 6, ((k * 104729) % 11) - 5, ((k * 31) % 7) - 3, 0]);
  expect(findOrder(unrelated, rows)).toBeUndefined();
});

it('finds the order of joints that move together, by where they stand', () => {
  const joints = rows.map(([a]) => [0.2 + 0.1 * a, -2 - 0.1 * a, 1 + 0.1 * a]);
  const given = joints.map(([a, b, c]) => [b, c, -a]);
  expect(findClosestOrder(given, joints)).toEqual({ order: [1, 2, 0], signs: [1, 1, -1] });
  const imprecise = joints.map((row, k) => row.map((value, i) => value + 0.1 * Math.sin(5 * k + i)));
  expect(findClosestOrder(imprecise, joints)).toBeUndefined();
});

it('assigns with the largest sum', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 3, maxLength: 3 }), {
        minLength: 3,
        maxLength: 3,
      }),
      (score) => {
        const permutations = [
          [0, 1, 2],
          [0, 2, 1],
          [1, 0, 2],
          [1, 2, 0],
          [2, 0, 1],
          [2, 1, 0],
        ];
        const sum = (order: readonly number[]): number => order.reduce((total, j, i) => total + score[i][j], 0);
        expect(sum(bestAssignment(score))).toBe(Math.max(...permutations.map(sum)));
      },
    ),
  );
});
