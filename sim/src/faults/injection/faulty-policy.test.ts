import { type ActionChunk, armBlocks, type Observation, type Policy, PolicyError } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { FaultyPolicy } from './faulty-policy.ts';

const INFERENCE_DELAY_S = 0.03;
const chunkAt = (stamp: number): ActionChunk => ({
  stamp,
  period: 0.05,
  horizon: 1,
  blocks: armBlocks(Float64Array.of(0.4, 0, 0.2, 1, 0, 0, 0), Float64Array.of(0.08)),
  gates: { vision: 0, wrench: 0, language: 0, joints: 0 },
});
const inner: Policy = {
  spec: { name: 'p', inputs: [], horizon: 1, actionPeriod: 0.05, inferencePeriod: 0.1 },
  infer: async ({ stamp }) => chunkAt(stamp),
  reset: () => undefined,
  close: async () => undefined,
};
const at = (stamp: number): Observation => ({ stamp, inputs: new Map() });

/** Starts one inference at 1 s and returns its outcome at each of the given times. */
async function outcomesAt(policy: FaultyPolicy, times: readonly number[]): Promise<string[]> {
  let state = 'waiting';
  policy.infer(at(1)).then(
    ({ stamp }) => {
      state = `chunk of ${stamp}`;
    },
    (error: Error) => {
      state = error.message;
    },
  );
  await policy.pendingInference;
  const states: string[] = [];
  for (const time of times) {
    policy.deliverDueResults(time);
    await Promise.resolve();
    states.push(state);
  }
  return states;
}

describe('FaultyPolicy', () => {
  it('delivers its result at the end of the simulated inference', async () => {
    const states = await outcomesAt(new FaultyPolicy(inner, INFERENCE_DELAY_S), [1.028, 1.03]);
    expect(states).toEqual(['waiting', 'chunk of 1']);
  });

  it('delivers a late result after its additional delay, also when the fault begins during the inference', async () => {
    const policy = new FaultyPolicy(inner, INFERENCE_DELAY_S);
    const states = outcomesAt(policy, [1.03, 1.128, 1.13]);
    policy.mode = { kind: 'late', by: 0.1 };
    expect(await states).toEqual(['waiting', 'waiting', 'chunk of 1']);
  });

  it('rejects pending and later inferences once it is terminated', async () => {
    const policy = new FaultyPolicy(inner, INFERENCE_DELAY_S);
    const states = outcomesAt(policy, [1.01]);
    policy.mode = { kind: 'terminated', error: new PolicyError('it is dead') };
    expect(await states).toEqual(['it is dead']);
    await expect(policy.infer(at(2))).rejects.toThrow('it is dead');
  });

  it('never delivers while it is unresponsive, has no pending inference then, and rejects when it is abandoned', async () => {
    const policy = new FaultyPolicy(inner, INFERENCE_DELAY_S);
    policy.mode = { kind: 'unresponsive' };
    const hung = policy.infer(at(1));
    expect(policy.pendingInference).toBeUndefined();
    expect(policy.deliverDueResults(100)).toBe(false);
    policy.abandon(new PolicyError('it is over'));
    await expect(hung).rejects.toThrow('it is over');
  });

  it('corrupts the delivered chunk and leaves the chunk of the policy unchanged', async () => {
    const kept: ActionChunk[] = [];
    const keeps: Policy = {
      ...inner,
      infer: async ({ stamp }) => {
        kept.push(chunkAt(stamp));
        return kept[0];
      },
    };
    const policy = new FaultyPolicy(keeps, INFERENCE_DELAY_S);
    policy.mode = {
      kind: 'corrupted',
      change: (chunk) => ({ ...chunk, blocks: armBlocks(new Float64Array(7).fill(Number.NaN), Float64Array.of(0)) }),
    };
    const answer = policy.infer(at(1));
    await policy.pendingInference;
    policy.deliverDueResults(2);
    expect((await answer).blocks.arm.data.every(Number.isNaN)).toBe(true);
    expect(kept[0].blocks.arm.data.some(Number.isNaN)).toBe(false);
  });
});
