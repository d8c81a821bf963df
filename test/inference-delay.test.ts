import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createScheduler, SCHEDULER_NAMES, type SchedulerName } from '@praxis/policy';
import { Episode, type EpisodeOptions, type EpisodeResult, pick } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { afterAll, describe, expect, it } from 'vitest';
import { runMain } from './run-main.ts';

const folder = mkdtempSync(join(tmpdir(), 'praxis-delay-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Result of an episode of the expert, and the kinds of events of its loop. */
async function play(scheduler: SchedulerName, more: Partial<EpisodeOptions> = {}) {
  const options = { task: pick, seed: 2_000_011, urdf: armUrdf(), policy: 'expert', ...more } as const;
  const episode = await Episode.create({ ...options, scheduler: createScheduler(scheduler) });
  const kinds: string[] = [];
  episode.loop.events$.subscribe(({ kind }) => kinds.push(kind));
  const result: EpisodeResult = await episode.run();
  await episode.close();
  return { result, kinds };
}

describe.each(SCHEDULER_NAMES)('with %s', (scheduler) => {
  it('chunks bridge inferences of up to 0.33 s without an empty queue', async () => {
    for (const addedInferenceDelay of [0.05, 0.1, 0.2, 0.3]) {
      const { result, kinds } = await play(scheduler, { addedInferenceDelay });
      expect(result.emptyQueueTicks, `${addedInferenceDelay} s`).toBe(0);
      expect(kinds).not.toContain('stale_chunk');
      expect(result.safety?.events.map(({ cause }) => cause)).not.toContain('empty_queue');
    }
  });

  it('inferences longer than half the horizon leave a gap that no age limit hides, and the supervisor holds the arm', async () => {
    const { result, kinds } = await play(scheduler, { addedInferenceDelay: 0.5 });
    expect(kinds).toContain('empty_queue');
    expect(result.safety).toMatchObject({ state: 'hold', stopCause: { cause: 'empty_queue' } });
  });

  it('an added delay changes the actions, as a function of the seed', async () => {
    const [usual, late] = [await play(scheduler), await play(scheduler, { addedInferenceDelay: 0.1 })];
    expect(usual.result.success).toBe(true);
    expect(late.result.actionsSha256).not.toBe(usual.result.actionsSha256);
    expect((await play(scheduler, { addedInferenceDelay: 0.1 })).result.actionsSha256).toBe(late.result.actionsSha256);
  });
});

it('an added delay below 0 is refused', async () => {
  await expect(play('receding_horizon', { addedInferenceDelay: -0.1 })).rejects.toThrow(
    'added inference delay -0.1 s: expected 0 or more',
  );
});

it('an evaluation says which it had, and its recording replays bit for bit', async () => {
  const args = ['--task', 'pick', '--episodes', '1', '--workers', '1', '--record', folder, '--json'];
  const run = await runMain(['eval', ...args, '--inference-delay', '0.3', '--scheduler', 'temporal_ensembling']);
  expect({ status: run.status, err: run.status === 0 ? '' : run.err }).toEqual({ status: 0, err: '' });
  expect(JSON.parse(run.out)).toMatchObject({ added_inference_delay_s: 0.3, scheduler: 'temporal_ensembling' });
  const replayed = await runMain(['replay', join(folder, 'pick-2000000.mcap')]);
  expect(replayed.out).toContain('bit-exact');
});
