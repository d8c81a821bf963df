import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DampedStep } from './step.ts';

const [ROWS, JOINTS] = [6, 7];
const DAMPING = 1e-3;
const numbers = (length: number, most: number) =>
  fc
    .array(fc.double({ min: -most, max: most, noNaN: true }), { minLength: length, maxLength: length })
    .map((values) => Float64Array.from(values));
const widths = (minimum: number) =>
  fc
    .array(fc.double({ min: minimum, max: 0.5, noNaN: true }), { minLength: JOINTS, maxLength: JOINTS })
    .map((values) => Float64Array.from(values));

describe('DampedStep', () => {
  it('finds the least error within the bounds: no joint that rests at one would lower it by moving back', () => {
    fc.assert(
      fc.property(
        numbers(ROWS * JOINTS, 1),
        numbers(ROWS, 1),
        numbers(JOINTS, 0.3),
        widths(0),
        widths(0),
        (jacobian, error, wanted, below, above) => {
          const lowest = below.map((value) => -value);
          const step = new Float64Array(JOINTS);
          new DampedStep(ROWS, JOINTS).solve(jacobian, error, wanted, DAMPING, lowest, above, step);
          const left = error.map((value, r) =>
            step.reduce((sum, change, i) => sum - jacobian[r * JOINTS + i] * change, value),
          );
          step.forEach((change, i) => {
            expect(change).toBeGreaterThanOrEqual(lowest[i]);
            expect(change).toBeLessThanOrEqual(above[i]);
            const descent = left.reduce(
              (sum, value, r) => sum + jacobian[r * JOINTS + i] * value,
              DAMPING * (wanted[i] - change),
            );
            if (change > lowest[i]) expect(descent).toBeGreaterThan(-1e-7);
            if (change < above[i]) expect(descent).toBeLessThan(1e-7);
          });
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('does not move a joint whose bounds are both 0', () => {
    fc.assert(
      fc.property(numbers(ROWS * JOINTS, 1), numbers(ROWS, 1), fc.nat(JOINTS - 1), (jacobian, error, held) => {
        const bound = new Float64Array(JOINTS).fill(0.5);
        bound[held] = 0;
        const step = new Float64Array(JOINTS);
        const none = new Float64Array(JOINTS);
        new DampedStep(ROWS, JOINTS).solve(
          jacobian,
          error,
          none,
          DAMPING,
          bound.map((value) => -value),
          bound,
          step,
        );
        expect(Math.abs(step[held])).toBe(0);
      }),
    );
  });
});
