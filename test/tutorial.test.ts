import type { EpisodeResult } from '@praxis/sim';
import { describe, expect, it } from 'vitest';
import { runMain } from './run-main.ts';

/** Runs episodes of `hover` with the configuration of the tutorial. */
async function hover(...options: readonly string[]): Promise<readonly EpisodeResult[]> {
  const config = ['--config', 'examples/tutorial/praxis.config.ts'];
  const { status, out, err } = await runMain(['sim', ...config, '--task', 'hover', '--fast', '--json', ...options]);
  expect(status, err).toBe(0);
  return (JSON.parse(out) as { episodes: EpisodeResult[] }).episodes;
}

const successes = (episodes: readonly EpisodeResult[]): number => episodes.filter(({ success }) => success).length;

describe('the tutorial', () => {
  it('the expert of the task succeeds', async () => {
    expect(successes(await hover('--policy', 'expert', '--episodes', '2'))).toBe(2);
  });

  it('the policy succeeds with the range finder, and not without it', async () => {
    expect(successes(await hover('--policy', 'hover-by-range', '--episodes', '2'))).toBe(2);
    expect(successes(await hover('--policy', 'hover-by-range', '--episodes', '1', '--mask', 'range'))).toBe(0);
  });

  it('the policy that cannot measure heights runs without an error', async () => {
    const [episode] = await hover('--policy', 'hover', '--episodes', '1');
    expect(episode.policyError).toBeUndefined();
  });

  it('the result of an episode names the error of a policy that throws', async () => {
    const [episode] = await hover('--policy', 'test/documents/throwing-policy.ts', '--episodes', '1');
    expect(episode).toMatchObject({ success: false, policyError: 'the camera is upside down' });
  });
});
