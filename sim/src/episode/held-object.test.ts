import { readFileSync } from 'node:fs';
import { RecedingHorizon } from '@praxis/policy';
import { describe, expect, it } from 'vitest';
import type { ExpertPolicy } from '../experts/expert-policy.ts';
import { insert } from '../tasks/insert/insert.ts';
import type { Task } from '../tasks/task.ts';
import { wipe } from '../tasks/wipe/wipe.ts';
import { Episode, runEpisode } from './episode.ts';

const urdf = readFileSync(new URL('../../../urdf/praxis_arm.urdf', import.meta.url), 'utf8');
const options = (task: Task, seed: number) => ({
  task,
  seed,
  urdf,
  scheduler: new RecedingHorizon(),
  wordings: 'train' as const,
});

/** The expert with its gripper opened. */
const opened = (expert: ExpertPolicy) => ({
  spec: expert.spec,
  reset: () => {},
  close: async () => {},
  infer: async ({ stamp }: { readonly stamp: number }) => {
    const chunk = expert.label(stamp);
    const { gripper } = chunk.blocks;
    return { ...chunk, blocks: { ...chunk.blocks, gripper: { ...gripper, data: gripper.data.map(() => 0.06) } } };
  },
});

/** Height of the peg above the table and of the tool (m) after a time (s). */
async function heights(policy: 'expert' | typeof opened, seconds: number): Promise<readonly [number, number]> {
  const episode = await Episode.create({ ...options(insert, 1), policy });
  try {
    while (episode.time < seconds && (await episode.step()));
    const height = (body: string) => episode.world.bodyPose(episode.world.body(body))[2];
    return [height('peg'), height('tool0')];
  } finally {
    await episode.close();
  }
}

describe('an object in the hand at the start', () => {
  it('moves with the tool', async () => {
    const [peg, tool] = await heights('expert', 0.6);
    expect(tool - peg).toBeCloseTo(0.0115, 2);
  });

  it('falls when the gripper opens', async () => {
    const [peg, tool] = await heights(opened, 0.6);
    expect(tool - peg).toBeGreaterThan(0.1);
  });
});

describe('contact under force control', () => {
  it('the expert finds the hole and puts the peg in, without a false stop', async () => {
    const result = await runEpisode({ ...options(insert, 102), policy: 'expert' });
    expect(result).toMatchObject({ success: true, safety: { falseStops: 0 } });
    expect(result.peakForceN).toBeLessThan(40);
  });

  it('the expert wipes with the asked force, without a false stop', async () => {
    const result = await runEpisode({ ...options(wipe, 102), policy: 'expert' });
    expect(result).toMatchObject({ success: true, safety: { falseStops: 0 } });
    expect(result.peakForceN).toBeLessThan(10);
  });
});
