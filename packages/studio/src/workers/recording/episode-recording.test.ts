import { readFileSync } from 'node:fs';
import { RecedingHorizon } from '@praxis/policy';
import { Episode, pick } from '@praxis/sim';
import { bytesSource, McapFile } from '@praxis/wire/mcap';
import { describe, expect, it } from 'vitest';
import { EpisodeRecording } from './episode-recording.ts';
import type { RecordedRunFacts } from './loop-recording.ts';

const urdf = readFileSync(new URL('../../../../../urdf/praxis_arm.urdf', import.meta.url), 'utf8');

const facts: RecordedRunFacts = {
  build: { version: '0', runtime: 'test', backend: 'none' },
  run: {
    ...{ policy: 'expert', policySource: 'expert', policySha256: '', robot: undefined, robotSha256: '' },
    ...{ config: undefined, mask: [], acceptRobot: undefined, perturbations: [], touch: undefined },
    ...{ scheduler: 'receding_horizon', absent: undefined },
  },
  episode: { task: 'pick', seed: 7, safety: 'on' },
  driver: 'policy',
};

async function openEpisode(given: () => Promise<RecordedRunFacts> = async () => facts) {
  const recording = new EpisodeRecording(given, () => {});
  const scene = { task: pick, seed: 7, urdf, scheduler: new RecedingHorizon(), policy: 'expert' } as const;
  const episode = await Episode.create({ ...scene, tap: recording });
  const run = async (periods: number) => {
    for (let i = 0; i < periods; i++) await episode.step();
  };
  return { recording, episode, run };
}

/** Log times (s) by topic. */
async function timesIn(file: Blob) {
  const mcap = await McapFile.open(bytesSource('recorded', new Uint8Array(await file.arrayBuffer())));
  const times = new Map<string, number[]>();
  for await (const { channelId, logTime } of mcap.messages()) {
    const { topic } = mcap.channels.get(channelId)!;
    times.set(topic, [...(times.get(topic) ?? []), Number(logTime) / 1e9]);
  }
  return { mcap, times };
}

describe('the recording of an episode', () => {
  it('has the episode from its first period on when it begins before', async () => {
    const { recording, episode, run } = await openEpisode();
    await recording.start();
    expect(recording.active).toBe(true);
    await run(200);
    const { file, from, to } = recording.finish({ outcome: 'success' })!;
    expect([from, to]).toEqual([0, episode.time]);
    const { mcap, times } = await timesIn(file);
    expect(times.get('/praxis/period')).toHaveLength(200);
    expect(times.get('/praxis/period')![0]).toBeCloseTo(0.002, 9);
    expect(times.get('/instruction')).toHaveLength(1);
    expect(mcap.cut).toBeUndefined();
    expect(mcap.facts('praxis')).toMatchObject({ task: 'pick', seed: '7', driver: 'policy' });
    expect(mcap.facts('praxis_result')).toMatchObject({ outcome: 'success', dropped: '0' });
    await episode.close();
  });

  it('begins with the next period later on, with the instruction that is in force', async () => {
    const { recording, episode, run } = await openEpisode();
    await run(100);
    episode.setDriver('operator');
    await recording.start();
    await run(101);
    const { file, from } = recording.finish({})!;
    expect(from).toBeCloseTo(0.202, 9);
    const { mcap, times } = await timesIn(file);
    expect(times.get('/praxis/period')).toHaveLength(100);
    expect(times.get('/instruction')).toEqual([expect.closeTo(0.202, 9)]);
    expect(mcap.facts('praxis')?.driver).toBe('words');
    await episode.close();
  });

  it('is none when it ends before it has begun, and can begin again', async () => {
    let answer!: (given: RecordedRunFacts) => void;
    const { recording, episode, run } = await openEpisode(() => new Promise((resolve) => (answer = resolve)));
    const starting = recording.start();
    await expect(recording.start()).rejects.toThrow('recording: it runs already');
    expect(recording.finish({})).toBeUndefined();
    answer(facts);
    await starting;
    expect(recording.active).toBe(false);
    const again = recording.start();
    answer(facts);
    await again;
    await run(10);
    expect(recording.finish({})?.to).toBeCloseTo(0.02, 9);
    await episode.close();
  });

  it('can be asked for again after what it needs did not load', async () => {
    let fails = true;
    const { recording, episode } = await openEpisode(async () => {
      if (fails) throw new Error('not there');
      return facts;
    });
    await expect(recording.start()).rejects.toThrow('not there');
    expect(recording.active).toBe(false);
    fails = false;
    await recording.start();
    expect(recording.active).toBe(true);
    await episode.close();
  });
});
