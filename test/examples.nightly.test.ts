import { evaluate } from '@praxis/evaluation';
import { describe, expect, it } from 'vitest';

const seeds = (first: number, count: number) => Array.from({ length: count }, (_, i) => first + i);

// Success rates of 20 episodes; `examples.test.ts` runs two of each.
describe('examples', { timeout: 600_000 }, () => {
  it('own-task: the expert drags the block past the line in at least 95 % of 20 episodes', async () => {
    const config = 'examples/own-task/praxis.config.ts';
    const { tasks } = await evaluate({ config, policy: 'expert', tasks: ['drag'], seeds: seeds(0, 20) });
    expect(tasks[0]).toMatchObject({ task: 'drag', episodes: 20 });
    expect(tasks[0].success_rate).toBeGreaterThanOrEqual(0.95);
  });

  it('own-modality: the policy succeeds with vibration, and half the time without it', async () => {
    const config = 'examples/own-modality/praxis.config.ts';
    const run = { config, policy: 'vibration', tasks: ['motor'], seeds: seeds(2_000_000, 20) };
    const [withVibration] = (await evaluate(run)).tasks;
    const [masked] = (await evaluate({ ...run, mask: ['vibration'] })).tasks;
    expect(withVibration.success_rate).toBeGreaterThanOrEqual(0.95);
    // Of 20 fair coin tosses, 1 % fall outside these bounds. The seeds are fixed, so the outcome does not vary.
    expect(masked.success_rate).toBeGreaterThan(0.2);
    expect(masked.success_rate).toBeLessThan(0.8);
  });
});
