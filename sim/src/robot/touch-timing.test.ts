import { InputError, Random, type Wrench } from '@praxis/core';
import { assert, double, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTouch, type TouchTiming, touchText, wrenchMoment } from './touch-timing.ts';

const PERIOD_S = 0.002;

/** Indices of the samples that are shown, one for each sample that is measured. */
function shown(timing: TouchTiming, count: number, seed = 1): number[] {
  const moment = wrenchMoment(timing, new Random(seed));
  const wrench: Wrench = new Float64Array(6);
  return Array.from({ length: count }, (_, i) => {
    wrench.fill(i);
    const [first, ...others] = moment.at((i + 1) * PERIOD_S, wrench);
    for (const each of others) expect(each).toBe(first);
    return first;
  });
}

describe('the timing of touch', () => {
  it('is read from its text', () => {
    assert(
      property(double({ min: 1e-3, max: 5, noNaN: true }), (seconds) => {
        const timing = { kind: 'delay', seconds } as const;
        expect(parseTouch(touchText(timing))).toEqual(timing);
      }),
    );
    expect(parseTouch('shuffled')).toEqual({ kind: 'shuffled' });
    for (const text of [
      '',
      'delay',
      'delay:',
      'delay:0',
      'delay:-1',
      'delay:6',
      'delay:x',
      'delay:0.1:2',
      'shuffled:1',
    ]) {
      expect(() => parseTouch(text)).toThrow(InputError);
      expect(() => parseTouch(text)).toThrow(`touch ${text}: expected shuffled, or delay:SECONDS with more than 0`);
    }
  });

  it('with a delay shows the past, and rest before the first sample', () => {
    assert(
      property(integer({ min: 1, max: 300 }), (samples) => {
        const indices = shown({ kind: 'delay', seconds: samples * PERIOD_S }, 400);
        expect(indices).toEqual(indices.map((_, i) => Math.max(0, i - samples)));
      }),
    );
  });

  it('shuffled shows every sample once, from the past, in pieces of 0.1 s whose order is lost', () => {
    const [rest, ...blocks] = Array.from({ length: 4 }, (_, block) =>
      shown({ kind: 'shuffled' }, 4000).slice(1000 * block, 1000 * (block + 1)),
    );
    expect(new Set(rest)).toEqual(new Set([0]));
    for (const [k, block] of blocks.entries()) {
      expect([...block].sort((a, b) => a - b)).toEqual(block.map((_, i) => 1000 * k + i));
      const lags = block.map((sample, i) => 1000 * (k + 1) + i - sample);
      expect(Math.min(...lags)).toBeGreaterThanOrEqual(50);
      expect(Math.max(...lags)).toBeLessThanOrEqual(1950);
      const follows = block.filter((sample, i) => i > 0 && sample !== block[i - 1] + 1);
      expect(follows.length).toBeGreaterThan(10);
      expect(follows.length).toBeLessThanOrEqual(19);
    }
  });

  it('shuffled is a function of the seed', () => {
    expect(shown({ kind: 'shuffled' }, 2500, 7)).toEqual(shown({ kind: 'shuffled' }, 2500, 7));
    expect(shown({ kind: 'shuffled' }, 2500, 7)).not.toEqual(shown({ kind: 'shuffled' }, 2500, 8));
  });
});
