import type { Observation, SignalSpec } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { Refusal } from './refusal.ts';

const SPEC: SignalSpec = {
  ...{ name: 'instruction', modality: 'language', dtype: 'string', shape: [] },
  ...{ unit: '1', frame: '', rateHz: 0 },
};
const told = (text: string, present = true): Observation => ({
  stamp: 0,
  inputs: new Map([['instruction', { spec: SPEC, present, stamp: 0, age: 0, samples: [text] }]]),
});
const place = (confidence: number) => ({ x: 0.5, y: 0.5, confidence });

describe('a policy that refuses', () => {
  it('follows what some camera sees, and goes on with it when a hand covers it', () => {
    const refusal = new Refusal('instruction', 0.3);
    expect(refusal.check(told('lift the red cube'), [place(0.1), place(0.9)])).toBeUndefined();
    expect(refusal.check(told('lift the red cube'), [place(0.1), place(0)])).toBeUndefined();
  });

  it('does not follow what no camera sees, until one does', () => {
    const refusal = new Refusal('instruction', 0.3);
    const why = 'nothing in view is what "lift the banana" names';
    expect(refusal.check(told('lift the banana'), [place(0.1), place(0.29)])).toBe(why);
    expect(refusal.check(told('lift the banana'), [place(0.1), place(0.3)])).toBeUndefined();
    expect(refusal.check(told('lift the banana'), [place(0), place(0)])).toBeUndefined();
  });

  it('looks again at another instruction, at the one before, and after a reset', () => {
    const refusal = new Refusal('instruction', 0.3);
    expect(refusal.check(told('a'), [place(1)])).toBeUndefined();
    expect(refusal.check(told('b'), [place(0)])).toBeDefined();
    expect(refusal.check(told('b'), [place(1)])).toBeUndefined();
    expect(refusal.check(told('a'), [place(0)])).toBeDefined();
    refusal.reset();
    expect(refusal.check(told('b'), [place(0)])).toBeDefined();
  });

  it('cannot tell without a picture or without an instruction', () => {
    const refusal = new Refusal('instruction', 0.3);
    expect(refusal.check(told('a', false), [place(0)])).toBeUndefined();
    expect(refusal.check(told('a'), [])).toBeUndefined();
    expect(refusal.check({ stamp: 0, inputs: new Map() }, [place(0)])).toBeUndefined();
  });
});
