import { describe, expect, it } from 'vitest';
import { factorizeCholesky, substituteCholesky } from './damped-least-squares.ts';

describe('Cholesky factorization', () => {
  it('solves a symmetric positive definite system from its lower triangle', () => {
    const a = Float64Array.of(4, Number.NaN, Number.NaN, 2, 5, Number.NaN, 1, 3, 6);
    const b = Float64Array.of(4 + 4 + 3, 2 + 10 + 9, 1 + 6 + 18);
    expect(factorizeCholesky(a, 3)).toBe(true);
    substituteCholesky(a, b, 3);
    [1, 2, 3].forEach((value, i) => void expect(b[i]).toBeCloseTo(value, 12));
  });

  it('reports a matrix that is not positive definite', () => {
    expect(factorizeCholesky(Float64Array.of(1, 2, 2, 1), 2)).toBe(false);
    expect(factorizeCholesky(Float64Array.of(0), 1)).toBe(false);
  });
});
