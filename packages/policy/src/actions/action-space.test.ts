import { checkChunk, type PolicySpec } from '@praxis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EE_DELTA_NAMES, EeDelta } from './action-space.ts';

const HORIZON = 3;
const SIZE = EE_DELTA_NAMES.length;
const SPEC: PolicySpec = { name: 'p', inputs: [], horizon: HORIZON, actionPeriod: 0.1, inferencePeriod: 0.2 };
const STATE = Float64Array.of(0.4, 0, 0.3, 0.1, 3, 0.2, 0.04, 0);
const rows = (value: number) => Array.from({ length: HORIZON }, () => Array.from({ length: SIZE }, () => value));

describe('EeDelta', () => {
  it('keeps every number that is not finite in its output, so that the loop refuses the chunk', () => {
    const delta = new EeDelta({ horizon: HORIZON, mean: rows(0), std: rows(0.1) });
    const wrong = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
    const check = (normalised: Float32Array) => {
      const blocks = delta.decode(normalised, STATE);
      const gates = { vision: 1, wrench: 0, language: 0, joints: 0 };
      checkChunk(SPEC, { stamp: 1, period: 0.1, horizon: HORIZON, blocks, gates });
    };
    expect(() => check(new Float32Array(HORIZON * SIZE))).not.toThrow();
    fc.assert(
      fc.property(fc.nat(HORIZON * SIZE - 1), wrong, (at, value) => {
        const normalised = new Float32Array(HORIZON * SIZE).fill(0.3);
        normalised[at] = value;
        expect(() => check(normalised)).toThrow(/is (NaN|-?Infinity), expected a finite number/);
      }),
    );
  });
});
