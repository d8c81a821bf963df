import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PUBLIC_ROBOTS, requirePublicRobots } from '@praxis/model/testing';
import { expect, it } from 'vitest';
import { runMain } from './run-main.ts';

it.for([PUBLIC_ROBOTS.so101, PUBLIC_ROBOTS.so101Mjcf, PUBLIC_ROBOTS.fr3])(
  '%s as robot init drafts it picks in the simulator; visuals that are missing are one line',
  async (file, context) => {
    const robots = requirePublicRobots(context);
    const folder = mkdtempSync(join(tmpdir(), 'praxis-public-robot-'));
    try {
      const drafted = await runMain(['robot', 'init', join(robots, file), '--out', folder]);
      expect(drafted.status, drafted.err).toBe(0);
      const options = ['--policy', 'expert', '--task', 'pick', '--episodes', '3', '--fast', '--json'];
      const { status, out, err } = await runMain(['sim', '--robot', folder, ...options]);
      expect(status, err).toBe(0);
      const { episodes } = JSON.parse(out) as { episodes: unknown };
      const episode = { success: true, safety: { falseStops: 0 } };
      expect(episodes).toMatchObject([episode, episode, episode]);
      const missing = err.match(/^.*file not found.*$/gm) ?? [];
      expect(missing).toEqual(file === PUBLIC_ROBOTS.fr3 ? [expect.stringContaining('link0.dae')] : []);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
