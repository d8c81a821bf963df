import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PolicyInputSpec } from '../ports/policy.ts';
import type { SignalSpec } from '../signals/specs.ts';
import type { JointState } from '../signals/values.ts';
import { bindInputs } from './bind.ts';
import { ObservationAssembler } from './observation.ts';

const stream: SignalSpec = {
  name: 'x',
  modality: 'touch',
  dtype: 'float64',
  shape: [3],
  unit: '1',
  frame: '',
  rateHz: 100,
  names: ['a', 'b', 'c'],
};

function setUp(change: Partial<PolicyInputSpec> = {}, mask: string[] = []) {
  const inputs = [{ ...stream, maximumAge: 0.1, window: 1, ...change }];
  const bound = bindInputs({ name: 'p', inputs, horizon: 1, actionPeriod: 1, inferencePeriod: 1 }, [stream]);
  const assembler = new ObservationAssembler(bound, new Set(mask));
  const addSample = (stamp: number, value: Float64Array | JointState = Float64Array.of(1, 2, 3)) =>
    assembler.addSample(0, { value, stamp, received: stamp });
  return { assembler, push: addSample, at: (time: number) => assembler.observe(time).inputs.get('x')! };
}

describe('ObservationAssembler', () => {
  it('reports a missing sample', () => {
    const { at, assembler } = setUp();
    expect(at(1)).toMatchObject({ present: false, age: Number.POSITIVE_INFINITY, samples: [] });
    expect(assembler.complete).toBe(false);
    // A policy that takes any rate still waits for a stream that has one.
    expect(setUp({ rateHz: 0 }).assembler.complete).toBe(false);
  });

  it('an input is present up to the maximum age, and a stale one hands over no sample', () => {
    const { push: addSample, at } = setUp();
    addSample(1);
    expect(at(1.1)).toMatchObject({ present: true, samples: [Float64Array.of(1, 2, 3)] });
    expect(at(1.11)).toMatchObject({ present: false, stamp: 1, samples: [] });
    expect(at(1.11).age).toBeCloseTo(0.11);
  });

  it('an input that is masked by modality or name hands over nothing, and returns with the samples of its window', () => {
    for (const mask of ['touch', 'x']) {
      const { push: addSample, at, assembler } = setUp({}, [mask]);
      expect(assembler.complete).toBe(true);
      addSample(1);
      expect(at(1)).toMatchObject({
        present: false,
        age: Number.POSITIVE_INFINITY,
        stamp: Number.NEGATIVE_INFINITY,
        samples: [],
      });
      assembler.setMask(new Set());
      expect(at(1)).toMatchObject({ present: true, age: 0, samples: [Float64Array.of(1, 2, 3)] });
    }
  });

  it('is incomplete without a sample of a stream whose rate the policy leaves open', () => {
    const { push: addSample, assembler } = setUp({ rateHz: 0 });
    expect(assembler.complete).toBe(false);
    addSample(1);
    expect(assembler.complete).toBe(true);
  });

  it('hands over the samples that lie closest to the times of a spaced window, the oldest one before the first', () => {
    const { push: addSample, at } = setUp({ window: 3, spacing: 0.1 });
    const newest = () => at(2).samples.map((value) => (value as Float64Array)[0]);
    addSample(1, Float64Array.of(0, 0, 0));
    expect(at(1).samples).toHaveLength(3);
    for (let k = 1; k <= 30; k++) addSample(1 + k / 100, Float64Array.of(k, 0, 0));
    expect(at(1.3).samples.map((value) => (value as Float64Array)[0])).toEqual([10, 20, 30]);
    // A sample is lost, and one comes late.
    addSample(1.404, Float64Array.of(40, 0, 0));
    expect(at(1.404).samples.map((value) => (value as Float64Array)[0])).toEqual([20, 30, 40]);
    expect(newest()).toEqual([]);
  });

  it('hands over the state of the end effector as reference, whatever is masked, and is incomplete without it', () => {
    const spec = { ...stream, name: 'ee_state', maximumAge: 0.1, window: 1 };
    const bound = bindInputs({ name: 'p', inputs: [spec], horizon: 1, actionPeriod: 1, inferencePeriod: 1 }, [spec]);
    const assembler = new ObservationAssembler(bound, new Set(['touch']));
    expect(assembler.complete).toBe(false);
    expect(assembler.observe(1).reference).toBeUndefined();
    const state = Float64Array.of(1, 2, 3);
    assembler.addSample(0, { value: state, stamp: 1, received: 1 });
    expect(assembler.complete).toBe(true);
    expect(assembler.observe(1.5)).toMatchObject({ reference: { state, age: 0.5 } });
    expect(assembler.observe(1.5).inputs.get('ee_state')).toMatchObject({ present: false, samples: [] });
  });

  it('keeps the newest samples of a window, oldest first, and ignores late ones', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 })), fc.integer({ min: 1, max: 5 }), (stamps, window) => {
        const { assembler, push: addSample, at } = setUp({ window, maximumAge: 1000 });
        let newest = -1;
        const kept: number[] = [];
        for (const stamp of stamps) {
          addSample(stamp / 64, Float64Array.of(stamp, 0, 0));
          if (stamp < newest) continue;
          newest = stamp;
          kept.push(stamp);
        }
        const got = at(100).samples.map((value) => (value as Float64Array)[0]);
        expect(got).toEqual(kept.slice(-window));
        expect(assembler.reordered).toBe(stamps.length - kept.length);
      }),
    );
  });

  it('starts a window anew after the clock was set back, without the samples from before', () => {
    const { assembler, push: addSample, at } = setUp({ window: 3, maximumAge: 1 });
    for (const stamp of [3600, 3600.1, 5]) addSample(stamp);
    expect(at(5)).toMatchObject({ present: true, age: 0, stamp: 5 });
    expect(at(5).samples).toHaveLength(1);
    expect(assembler.reordered).toBe(0);
  });

  it("selects elements of vectors and joint states by name in the policy's order", () => {
    const { push: addSample, at } = setUp({ names: ['c', 'a'], shape: [2] });
    addSample(1);
    expect(at(1).samples[0]).toEqual(Float64Array.of(3, 1));
    const position = Float64Array.of(4, 5, 6);
    const velocity = Float64Array.of(7, 8, 9);
    addSample(2, { names: ['a', 'b', 'c'], position, velocity, effort: velocity });
    expect(at(2).samples[0]).toEqual({
      names: ['c', 'a'],
      position: Float64Array.of(6, 4),
      velocity: Float64Array.of(9, 7),
      effort: Float64Array.of(9, 7),
    });
  });

  it('does not change an observation after returning it', () => {
    const { push: addSample, at } = setUp({ window: 2 });
    addSample(1);
    const { samples } = at(1);
    addSample(2);
    expect(samples).toHaveLength(1);
  });
});
