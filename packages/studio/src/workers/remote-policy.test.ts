import { type ActionChunk, armBlocks, type Observation, type Policy } from '@praxis/core';
import { afterEach, describe, expect, it } from 'vitest';
import { hostPolicy } from './policy-host.ts';
import { RemotePolicy } from './remote-policy.ts';

const spec = { name: 'far', inputs: [], horizon: 1, actionPeriod: 0.05, inferencePeriod: 0.1 };
const ports: MessagePort[] = [];

function connect(infer: (observation: Observation) => Promise<ActionChunk>, log: string[] = []) {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  const policy: Policy = { spec, infer, reset: () => void log.push('reset'), close: async () => undefined };
  const identity = { source: 'own', sha256: 'unknown' };
  hostPolicy({ policy, extension: { words: ['widget'], instructions: [] }, identity }, port1);
  return RemotePolicy.open(port2);
}

const chunk = (stamp: number): ActionChunk => ({
  stamp,
  period: 0.05,
  horizon: 1,
  blocks: armBlocks(Float64Array.of(stamp, 0, 0, 0, 0, 0, 1), Float64Array.of(0)),
  gates: { vision: 0.5, wrench: 0, language: 0, joints: 0 },
});

afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

describe('RemotePolicy', () => {
  it('returns the chunks of the remote policy bit for bit', async () => {
    const remote = await connect(async ({ stamp }) => chunk(stamp));
    expect(remote.spec).toEqual(spec);
    expect(remote.extension.words).toEqual(['widget']);
    const [a, b] = await Promise.all([0.1, 0.2].map((stamp) => remote.infer({ stamp, inputs: new Map() })));
    expect([a, b].map(({ blocks }) => blocks.arm.data[0])).toEqual([0.1, 0.2]);
    expect(a.gates.vision).toBe(0.5);
  });

  it('sends a sample without the rest of its buffer', async () => {
    let seen: Observation | undefined;
    const remote = await connect(async (observation) => {
      seen = observation;
      return chunk(observation.stamp);
    });
    const pool = new Float64Array(1000).fill(7);
    const input = { spec: {} as never, present: true, age: 0, stamp: 0, samples: [pool.subarray(10, 16)] };
    await remote.infer({ stamp: 0, inputs: new Map([['wrench', input]]) });
    const sample = seen!.inputs.get('wrench')!.samples[0] as Float64Array;
    expect([sample.length, sample.buffer.byteLength]).toEqual([6, 48]);
  });

  it('reports errors as one line, keeps the order of calls, and continues', async () => {
    const log: string[] = [];
    const remote = await connect(async ({ stamp }) => {
      log.push(`infer ${stamp}`);
      if (stamp === 0) throw new Error('too dark\nat somewhere');
      return chunk(stamp);
    }, log);
    await expect(remote.infer({ stamp: 0, inputs: new Map() })).rejects.toThrow(/^too dark$/);
    remote.reset();
    expect((await remote.infer({ stamp: 1, inputs: new Map() })).stamp).toBe(1);
    expect(log).toEqual(['infer 0', 'reset', 'infer 1']);
  });
});
