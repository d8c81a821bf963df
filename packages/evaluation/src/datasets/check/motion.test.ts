import { describe, expect, it } from 'vitest';
import { findJumps, findNotFinite, findSaturations, type Motion, moves } from './motion.ts';
import { RangeGatherer } from './ranges.ts';

const names = ['shoulder', 'gripper'];

function motion(rows: readonly (readonly number[])[], feature = 'observation.state'): Motion {
  const gatherer = new RangeGatherer(2);
  gatherer.add(rows);
  return { feature, rows, names, ranges: gatherer.finish() };
}

const steady = Array.from({ length: 50 }, (_, k) => [Math.sin(k / 10), Math.cos(k / 10)]);

describe('faults of motion', () => {
  it('are not in a steady motion', () => {
    const still = motion(steady);
    expect([findNotFinite(still), findJumps(still), findSaturations(still)]).toEqual([[], [], []]);
  });

  it('a joint that jumps is named with its frame', () => {
    const rows = steady.map(([a, b], k) => [k < 20 ? a : a + 2, b]);
    expect(findJumps(motion(rows))).toMatchObject([
      { kind: 'jump', frame: 20, message: expect.stringContaining('shoulder jumps by 1.96, 28 times') },
    ]);
  });

  it('a motion that is fast for some frames, and a gripper that closes, are no jumps', () => {
    const fast = (k: number) => Math.tanh((k - 25) / 2);
    expect(findJumps(motion(steady.map(([a], k) => [fast(k) + a / 100, k < 30 ? 0.04 : k / 1e4])))).toEqual([]);
  });

  it('a command that stays at its limit while others move is saturated; a gripper and a robot at rest are not', () => {
    const clipped = steady.map(([a, b]) => [Math.min(a, 0.5), b]);
    expect(findSaturations(motion(clipped))).toMatchObject([
      { kind: 'saturation', message: expect.stringContaining('shoulder stays at its largest value 0.5000') },
    ]);
    expect(findSaturations(motion(steady.map(([a, b]) => [a, Math.min(b, 0.5)])))).toEqual([]);
    const resting = [...Array.from({ length: 20 }, () => steady[49]), ...[...steady].reverse()];
    expect(findSaturations(motion(resting))).toEqual([]);
  });

  it('a number that is not finite is named', () => {
    const rows = steady.map(([a, b], k) => [k === 7 ? Number.NaN : a, b]);
    expect(findNotFinite(motion(rows))).toEqual([
      { kind: 'not finite', frame: 7, message: 'observation.state shoulder is NaN' },
    ]);
  });

  it('an episode moves when an element goes through a part of the range that the whole dataset has', () => {
    const whole = motion(steady);
    expect(moves(whole)).toBe(true);
    expect(moves({ ...whole, rows: steady.slice(0, 1) })).toBe(false);
  });
});
