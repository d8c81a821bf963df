import { RecedingHorizon } from '@praxis/policy';
import { drawer, interrupt, pick, press, runEpisode, sort } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { describe, expect, it } from 'vitest';

/** Seeds after those of `sim.test.ts`. */
const SEEDS = Array.from({ length: 20 }, (_, i) => 2_000_003 + i);

describe.each([pick, sort, press, drawer, interrupt])('the expert on $name', { timeout: 600_000 }, (task) => {
  it(`succeeds on ${SEEDS.length} more seeds and follows the instruction`, async () => {
    for (const seed of SEEDS) {
      const scheduler = new RecedingHorizon();
      const result = await runEpisode({ task, seed, urdf: armUrdf(), policy: 'expert', scheduler });
      const { success, instructionFollowed, missedDeadlines } = result;
      expect({ seed, success, instructionFollowed, missedDeadlines }).toEqual({
        seed,
        success: true,
        instructionFollowed: true,
        missedDeadlines: 0,
      });
    }
  });
});
