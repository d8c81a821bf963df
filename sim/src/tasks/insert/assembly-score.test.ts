import { describe, expect, it } from 'vitest';
import { type AssemblySample, AssemblyScore } from './assembly-score.ts';

const PERIOD_S = 0.02;
type Motion = (time: number) => number;
/** Scores a motion along x until a time (s) that ends in the right socket. */
function scoreOf(x: Motion, seconds: number, straight: number, more: Partial<AssemblySample> = {}) {
  const score = new AssemblyScore();
  for (let k = 0; k * PERIOD_S <= seconds + 1e-9; k++) {
    const time = k * PERIOD_S;
    score.add({ time, tool: [x(time), 0, 0], force: 0, offLimits: false, ...more });
  }
  return score.result({ kind: 'in right' }, straight);
}
const still: Motion = () => 0;

describe('the score of an assembly', () => {
  it('is 100 for a straight, smooth way into the right socket within 5 s', () => {
    expect(scoreOf((time) => 0.05 * time, 5, 0.25)).toBeCloseTo(100, 6);
  });

  it('gives time, path and smoothness by their ends', () => {
    // 1 + 75 + 6 + 6, and nothing for 60 s.
    expect(scoreOf(still, 60, 0)).toBeCloseTo(88, 6);
    // Halfway: 32.5 s.
    expect(scoreOf(still, 32.5, 0)).toBeCloseTo(94, 6);
    // Half a metre more than the straight way.
    expect(scoreOf((time) => 0.15 * time, 5, 0.25)).toBeCloseTo(97, 6);
    // A constant jerk of 25 m/s^3 halves the smoothness: x = j t^3 / 6. The way is long and gives nothing.
    expect(scoreOf((time) => (25 * time ** 3) / 6, 2, 0)).toBeCloseTo(1 + 75 + 12 + 3, 6);
  });

  it('gives part of the points for part of the way, and takes some for the wrong socket', () => {
    const score = new AssemblyScore();
    score.add({ time: 0, tool: [0, 0, 0], force: 0, offLimits: false });
    expect(score.result({ kind: 'in wrong' }, 0)).toBe(-11);
    expect(score.result({ kind: 'partly', depth: 0.5 }, 0)).toBeCloseTo(1 + 44 + 24, 9);
    expect(score.result({ kind: 'beside', distance: 0.1, startDistance: 0.4 }, 0)).toBeCloseTo(1 + 18.75 + 24, 9);
    expect(score.result({ kind: 'beside', distance: 0.5, startDistance: 0.4 }, 0)).toBe(1);
  });

  it('takes points for a force above 20 N that lasts more than 1 s, and for touching what is off limits', () => {
    expect(scoreOf(still, 5, 0, { force: 21 })).toBeCloseTo(88, 6);
    expect(scoreOf(still, 0.9, 0, { force: 21 })).toBeCloseTo(100, 6);
    expect(scoreOf(still, 5, 0, { offLimits: true })).toBeCloseTo(76, 6);
    const score = new AssemblyScore();
    for (let k = 0; k <= 250; k++) {
      // Every half second the force falls.
      score.add({ time: k * PERIOD_S, tool: [0, 0, 0], force: k % 25 === 0 ? 10 : 30, offLimits: false });
    }
    expect(score.result({ kind: 'in right' }, 0)).toBeCloseTo(100, 6);
  });
});
