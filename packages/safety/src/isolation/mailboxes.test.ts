import { type JointState, type SignalSpec, sampleFault } from '@praxis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CommandReader, CommandWriter, commandBytes } from './command-mailbox.ts';
import { SampleReader, SampleWriter, sampleBytes } from './sample-mailbox.ts';

const WRENCH: SignalSpec = {
  name: 'wrench',
  modality: 'wrench',
  dtype: 'float64',
  shape: [6],
  unit: 'N',
  frame: 'sensor',
  rateHz: 500,
};
const JOINTS: SignalSpec = { ...WRENCH, name: 'joints', modality: 'joints', shape: [2], names: ['a', 'b'] };

const ends = (spec: SignalSpec) => {
  const memory = new SharedArrayBuffer(sampleBytes(spec));
  return { writer: new SampleWriter(memory, 0, spec), reader: new SampleReader(memory, 0, spec) };
};

describe('CommandMailbox', () => {
  const mailbox = () => {
    const memory = new SharedArrayBuffer(commandBytes(2));
    return { writer: new CommandWriter(memory, 0, 2), reader: new CommandReader(memory, 0, 2) };
  };

  it('returns the newest command once', () => {
    const { writer, reader } = mailbox();
    expect(reader.next()).toBeUndefined();
    for (const stamp of [1, 2, 3]) {
      writer.send({ value: { position: Float64Array.of(stamp, -0), gripperWidth: 0.04 }, stamp, received: stamp + 1 });
    }
    expect(reader.next()).toEqual({
      value: { position: Float64Array.of(3, -0), gripperWidth: 0.04 },
      stamp: 3,
      received: 4,
    });
    expect(reader.next()).toBeUndefined();
  });

  it('passes invalid commands on: NaN stays NaN, and a wrong size becomes an empty position', () => {
    const { writer, reader } = mailbox();
    const send = (...position: number[]) =>
      writer.send({ value: { position: Float64Array.from(position), gripperWidth: 0 }, stamp: 0, received: 0 });
    send(Number.NaN, 1);
    expect(reader.next()!.value.position).toEqual(Float64Array.of(Number.NaN, 1));
    for (const wrong of [[], [1], [1, 2, 3]]) {
      send(...wrong);
      expect(reader.next()!.value.position).toHaveLength(0);
    }
    send(4, 5);
    expect(reader.next()!.value.position).toEqual(Float64Array.of(4, 5));
  });
});

describe('SampleMailbox', () => {
  it('returns every sample in order and counts those lost by a slow reader', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 20 }), (bursts) => {
        const { writer, reader } = ends(WRENCH);
        let sent = 0;
        let taken = 0;
        let last = 0;
        for (const burst of bursts) {
          for (let i = 0; i < burst; i++) {
            const value = new Float64Array(6).fill(++sent);
            writer.send({ value, stamp: sent, received: sent });
            value.fill(-1);
          }
          const buffers = new Set<unknown>();
          for (let sample = reader.next(); sample; sample = reader.next()) {
            expect(sample.stamp).toBeGreaterThan(last);
            expect(sample.value).toEqual(new Float64Array(6).fill(sample.stamp));
            buffers.add(sample.value);
            last = sample.stamp;
            taken++;
          }
          expect(buffers.size).toBe(Math.min(burst, 16));
          expect(last).toBe(sent);
        }
        expect(taken + reader.lost).toBe(sent);
      }),
    );
  });

  it('preserves joint states with and without efforts', () => {
    const { writer, reader } = ends(JOINTS);
    const state: JointState = {
      names: ['a', 'b'],
      position: Float64Array.of(1, 2),
      velocity: Float64Array.of(3, 4),
    };
    writer.send({ value: state, stamp: 1, received: 2 });
    writer.send({ value: { ...state, effort: Float64Array.of(5, 6) }, stamp: 2, received: 3 });
    expect(reader.next()).toEqual({ value: state, stamp: 1, received: 2 });
    expect(reader.next()?.value).toEqual({ ...state, effort: Float64Array.of(5, 6) });
    writer.send({ value: { ...state, effort: Float64Array.of(NaN, 6) }, stamp: 3, received: 4 });
    expect(reader.next()?.value).toEqual({ ...state, effort: Float64Array.of(NaN, 6) });
    expect(reader.next()).toBeUndefined();
    const other = { names: ['b', 'a'], position: Float64Array.of(2, 1), velocity: Float64Array.of(4, 3) };
    writer.send({ value: other, stamp: 3, received: 4 });
    expect(reader.next()?.value).toEqual(state);
  });

  it('passes a sample of a wrong type on as numbers that are not finite', () => {
    for (const spec of [JOINTS, WRENCH]) {
      for (const value of [new Float64Array(2), { names: ['a'] }, 'text', undefined, {}]) {
        const { writer, reader } = ends(spec);
        writer.send({ value: value as never, stamp: 1, received: 1 });
        expect(sampleFault(reader.next()!.value, spec)).toContain('not finite');
      }
    }
  });
});
