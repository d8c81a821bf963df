import { RecedingHorizon } from '@praxis/policy';
import { pick } from '@praxis/sim';
import { expect, it } from 'vitest';
import { rollouts } from './rollouts.ts';

it('an episode that is cut off has no result', async () => {
  let reads = 0;
  // The signal is read once before the episode and once in each control period.
  const signal = {
    get aborted() {
      return reads++ > 5;
    },
  } as AbortSignal;
  const driver = { name: 'expert', policy: 'expert', scheduler: new RecedingHorizon() } as const;
  const episodes = rollouts({ driver, tasks: [pick], seeds: [2_000_000, 2_000_001], pacing: 'fast', signal });
  expect(await episodes.next()).toEqual({ done: true, value: undefined });
  expect(reads).toBeGreaterThan(5);
});
