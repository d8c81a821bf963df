import { describe, expect, it } from 'vitest';
import { BindError } from '../errors/errors.ts';
import type { PolicyInputSpec, PolicySpec } from '../ports/policy.ts';
import type { SignalSpec } from '../signals/specs.ts';
import { bindInputs, checkMask } from './bind.ts';

const stream: SignalSpec = {
  name: 'joints',
  modality: 'joints',
  dtype: 'float64',
  shape: [3],
  unit: ['rad', 'rad', 'm'],
  frame: 'base_link',
  rateHz: 500,
  names: ['a', 'b', 'finger'],
};
const input: PolicyInputSpec = { ...stream, maximumAge: 0.1, window: 1 };
const policy = (change: Partial<PolicyInputSpec> = {}): PolicySpec => ({
  name: 'p',
  inputs: [{ ...input, ...change }],
  horizon: 4,
  actionPeriod: 0.05,
  inferencePeriod: 0.1,
});
const refusal = (change: Partial<PolicyInputSpec>, streams: readonly SignalSpec[] = [stream]): string => {
  try {
    bindInputs(policy(change), streams);
  } catch (error) {
    expect(error).toBeInstanceOf(BindError);
    return (error as BindError).message;
  }
  throw new Error('bound');
};

describe('bindInputs', () => {
  it('binds an equal input and stream without selection', () => {
    expect(bindInputs(policy(), [stream])[0].select).toBeUndefined();
  });

  it('binds joints by name in any order and omits the others', () => {
    const change = { names: ['finger', 'a'], shape: [2], unit: ['m', 'rad'] };
    expect(bindInputs(policy(change), [stream])[0].select).toEqual([2, 0]);
  });

  it('binds images of any size and streams of any frame where the policy leaves that open', () => {
    const camera: SignalSpec = { ...stream, dtype: 'uint8', shape: [480, 640, 3], unit: 'rgb8', names: undefined };
    const small = { dtype: 'uint8', shape: [96, 96, 3], unit: 'rgb8', names: undefined, frame: '' } as const;
    expect(bindInputs(policy({ ...small, open: ['size', 'frame'] }), [camera])[0].stream).toBe(camera);
    expect(refusal({ ...small, open: ['frame'] }, [camera])).toMatch(/shape differs: policy wants \[96,96,3\]/);
    expect(refusal({ ...small, open: ['size'] }, [camera])).toMatch(/frame differs/);
    const grey = { ...camera, shape: [480, 640, 1] };
    expect(refusal({ ...small, open: ['size', 'frame'] }, [grey])).toMatch(/shape differs/);
  });

  it('binds a window that spans a time at any rate', () => {
    expect(refusal({ window: 2, rateHz: 100 })).toMatch(/rate \(Hz\) differs/);
    expect(bindInputs(policy({ window: 2, rateHz: 100, spacing: 0.1 }), [stream])[0].stream).toBe(stream);
    expect(refusal({ window: 2, spacing: 0 })).toMatch(/spacing of the window is 0 s/);
  });

  it('treats one unit for all elements as that unit for each', () => {
    const vector: SignalSpec = { ...stream, unit: 'rad', names: undefined };
    const change = { unit: ['rad', 'rad', 'rad'], names: undefined };
    expect(bindInputs(policy(change), [vector])[0].select).toBeUndefined();
  });

  it('refuses every difference and names the input and the difference', () => {
    const cases: [Partial<PolicyInputSpec>, string][] = [
      [{ name: 'torques' }, 'input torques: no such stream; there are joints'],
      [{ dtype: 'float32' }, 'input joints: dtype differs: policy wants "float32", stream has "float64"'],
      [{ modality: 'vision' }, 'modality differs'],
      [{ shape: [4], names: undefined }, 'shape differs: policy wants [4], stream has [3]'],
      [{ shape: [3, 1], names: undefined }, 'shape differs'],
      [{ unit: ['deg', 'rad', 'm'] }, 'unit differs: policy wants ["deg","rad","m"], stream has ["rad","rad","m"]'],
      [{ unit: 'rad' }, 'unit differs'],
      [{ frame: 'world' }, 'frame differs: policy wants "world", stream has "base_link"'],
      [{ rateHz: 1000 }, 'rate (Hz) differs: policy wants 1000, stream has 500'],
      [{ rateHz: 100, window: 5 }, 'rate (Hz) differs: policy wants 100, stream has 500'],
      [{ names: ['a', 'b', 'thumb'] }, 'the stream has no thumb, only a, b, finger'],
      [{ window: 0 }, 'window is 0'],
      [{ maximumAge: Number.NaN }, 'maximum age is NaN s'],
    ];
    for (const [change, message] of cases) expect(refusal(change)).toContain(message);
    expect(refusal({}, [{ ...stream, names: undefined }])).toContain('names differs');
  });

  it('accepts a faster stream for an input without a window, and any rate for events', () => {
    expect(bindInputs(policy({ rateHz: 100 }), [stream])).toHaveLength(1);
    expect(bindInputs(policy({ rateHz: 0 }), [stream])).toHaveLength(1);
    expect(refusal({ rateHz: 10 }, [{ ...stream, rateHz: 0 }])).toContain('rate');
  });
});

describe('checkMask', () => {
  it('accepts modalities and stream names, and refuses and names others', () => {
    expect([...checkMask(policy(), ['joints'])]).toEqual(['joints']);
    expect(() => checkMask(policy(), ['smell'])).toThrow('mask smell');
  });
});
