import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PolicyError } from '@praxis/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadFromMemory, observationOf, tinyPolicy } from '../testing/index.ts';
import { nodeBackend, ProcessPolicy } from './index.ts';

describe('ProcessPolicy', () => {
  let folder = '';
  let shared: ProcessPolicy;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'praxis-worker-'));
    for (const [file, bytes] of await tinyPolicy()) await writeFile(join(folder, file), bytes);
    shared = await ProcessPolicy.open(folder);
  });
  afterAll(async () => {
    await shared.close();
    await rm(folder, { recursive: true });
  });

  it('returns the same chunks as the policy in this process, and rejects calls after close', async () => {
    const [there, here] = [await ProcessPolicy.open(folder), await loadFromMemory(await tinyPolicy(), nodeBackend())];
    expect(there.spec).toEqual(here.spec);
    for (const stamp of [1, 1.1]) {
      const observation = observationOf(here.spec, stamp);
      expect(await there.infer(observation)).toEqual(await here.infer(observation));
    }
    expect(there.statistics.counters).toEqual(here.counters);
    there.reset();
    await there.infer(observationOf(here.spec, 1.1));
    expect(there.statistics.counters.front.runs).toBe(3);
    await there.close();
    await expect(there.infer(observationOf(here.spec, 2))).rejects.toThrow('its process was closed');
    await here.close();
  });

  it('answers concurrent calls in order', async () => {
    const chunks = await Promise.all([1, 2, 3].map((stamp) => shared.infer(observationOf(shared.spec, stamp))));
    expect(chunks.map((chunk) => chunk.stamp)).toEqual([1, 2, 3]);
  });

  it('accepts samples that are views into a larger buffer', async () => {
    const ring = new Float64Array(8 * 1000).fill(0.3);
    const [view, copy] = [ring.subarray(8, 16), ring.slice(8, 16)];
    const given = (sample: Float64Array) => observationOf(shared.spec, 1, { ee_state: { samples: [sample] } });
    const chunk = await shared.infer(given(view));
    shared.reset();
    expect(chunk).toEqual(await shared.infer(given(copy)));
  });

  it('runs the WebAssembly build', async () => {
    const policy = await ProcessPolicy.open(folder, { runtime: 'web' });
    expect((await policy.infer(observationOf(policy.spec, 1))).stamp).toBe(1);
    await policy.close();
  });

  it('beats while its thread runs, sends no beats while it is stopped, and reports at once that it was killed', async () => {
    let beats = 0;
    let ended: (why: string) => void;
    const end = new Promise<string>((resolve) => {
      ended = resolve;
    });
    const policy = await ProcessPolicy.open(folder, {
      heartbeat: { periodMs: 10, onBeat: () => beats++, onExit: (why) => ended(why) },
    });
    const until = async (more: number) => {
      for (const begin = beats; beats < begin + more; ) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    await until(3);
    process.kill(policy.pid, 'SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, 200));
    const stopped = beats;
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(beats).toBe(stopped);
    process.kill(policy.pid, 'SIGCONT');
    await until(3);
    policy.kill();
    expect(await end).toBe('was ended by SIGKILL');
    await expect(policy.infer(observationOf(policy.spec, 1))).rejects.toThrow(PolicyError);
  });

  it('passes errors of the policy on as PolicyError', async () => {
    await expect(ProcessPolicy.open(join(folder, 'nowhere'))).rejects.toThrow(/nowhere\/manifest.json: cannot be read/);
    const failed = shared.infer(observationOf(shared.spec, 1, { ee_state: { samples: [] } }));
    await expect(failed).rejects.toThrow(PolicyError);
    await expect(failed).rejects.toThrow('ee_state is undefined');
    await expect(shared.infer(observationOf(shared.spec, 1))).resolves.toMatchObject({ stamp: 1 });
  });

  it('rejects pending and later calls when the process ends', async () => {
    const policy = await ProcessPolicy.open(folder);
    const observation = observationOf(policy.spec, 1);
    const running = policy.infer(observation);
    policy.kill();
    await expect(running).rejects.toThrow(/^policy tiny: its process was ended by SIGKILL$/);
    await expect(policy.infer(observation)).rejects.toThrow(PolicyError);
    await policy.close();
  });

  it('runs the policy of a module, and of a key of its default export, which the process imports itself', async () => {
    const file = join(folder, 'counting.ts');
    await writeFile(
      file,
      `const spec = { name: 'counting', inputs: [], horizon: 1, actionPeriod: 0.1, inferencePeriod: 0.1 };
type Seen = { stamp: number };
const make = (count: number) => ({
  spec,
  infer: async ({ stamp }: Seen) => ({ stamp, period: 0.1, horizon: 1, blocks: { arm: { space: 'ee_pose', data: new Float64Array(7).fill(++count) } }, gates: {} }),
  reset: () => { count = 0; },
  close: async () => {},
});
export default Object.assign(() => make(0), { policies: { late: make(100), broken: () => { throw new Error('no weights'); } } });
`,
    );
    const count = async (policy: ProcessPolicy): Promise<number> =>
      (await policy.infer(observationOf(policy.spec, 1))).blocks.arm.data[0];
    const policy = await ProcessPolicy.open({ file });
    expect(policy.spec.name).toBe('counting');
    expect([await count(policy), await count(policy)]).toEqual([1, 2]);
    policy.reset();
    expect(await count(policy)).toBe(1);
    expect(policy.statistics).toEqual({ timings: {}, counters: {} });
    await policy.close();
    const late = await ProcessPolicy.open({ file, keys: ['policies', 'late'] });
    expect(await count(late)).toBe(101);
    await late.close();
    const refused = (keys: readonly string[]) => expect(ProcessPolicy.open({ file, keys })).rejects;
    await refused(['policies', 'broken']).toThrow(new PolicyError(`${file}: policies.broken: no weights`));
    await refused(['policies', 'none', 'deeper']).toThrow(/counting.ts: policies.none.deeper: expected a Policy/);
    await expect(ProcessPolicy.open({ file: join(folder, 'gone.ts') })).rejects.toThrow(/gone.ts: not found/);
  });
});
