import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PolicyError } from '../errors/errors.ts';
import { ACTION_SIZE, type ActionChunk, type PolicySpec } from '../ports/policy.ts';
import { checkChunk } from './check-chunk.ts';

const HORIZON = 4;
const SPEC: PolicySpec = { name: 'p', inputs: [], horizon: HORIZON, actionPeriod: 0.1, inferencePeriod: 0.2 };
const GATES = { vision: 1, wrench: 0, language: 0, joints: 0 };

function chunk(change: Partial<ActionChunk> = {}): ActionChunk {
  const actions = new Float64Array(HORIZON * ACTION_SIZE);
  for (let row = 0; row < HORIZON; row++) actions.set([0.4, 0, 0.3, 0, 0, 0, 1, 0.04], row * ACTION_SIZE);
  return { stamp: 1, period: 0.1, horizon: HORIZON, actions, gates: GATES, ...change };
}

describe('checkChunk', () => {
  it('accepts a chunk that satisfies its spec', () => {
    expect(() => checkChunk(SPEC, chunk())).not.toThrow();
  });

  it('refuses a number that is not finite at any index', () => {
    const wrong = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
    fc.assert(
      fc.property(fc.nat(HORIZON * ACTION_SIZE - 1), wrong, (at, value) => {
        const { actions } = chunk();
        actions[at] = value;
        expect(() => checkChunk(SPEC, chunk({ actions }))).toThrow(
          `policy p, chunk: actions[${at}] is ${value}, expected a finite number`,
        );
      }),
    );
  });

  it.each<[string, Partial<ActionChunk>, string]>([
    ['a stamp that is NaN', { stamp: Number.NaN }, 'stamp is NaN'],
    ['a period of 0', { period: 0 }, 'period is 0 s'],
    ['an infinite period', { period: Number.POSITIVE_INFINITY }, 'period is Infinity s'],
    ['another horizon', { horizon: HORIZON + 1 }, 'horizon is 5, expected 4'],
    ['too few numbers', { actions: new Float64Array(ACTION_SIZE) }, '8 numbers, expected 4 rows of 8'],
    [
      'a quaternion of length 0',
      { actions: new Float64Array(HORIZON * ACTION_SIZE) },
      'row 0 has a quaternion of length 0',
    ],
  ])('refuses %s', (_, change, message) => {
    expect(() => checkChunk(SPEC, chunk(change))).toThrow(PolicyError);
    expect(() => checkChunk(SPEC, chunk(change))).toThrow(message);
  });

  it('refuses a chunk without rows, even if the horizon of the spec is 0', () => {
    const empty = chunk({ horizon: 0, actions: new Float64Array(0) });
    expect(() => checkChunk({ ...SPEC, horizon: 0 }, empty)).toThrow('horizon is 0');
  });
});
