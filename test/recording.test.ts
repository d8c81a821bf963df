import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  EpisodeRecorder,
  judgeRecording,
  loadProject,
  policySource,
  type RecordTarget,
  replayRecording,
  replayText,
  runFacts,
  withMcapFile,
} from '@praxis/evaluation';
import { RecedingHorizon } from '@praxis/policy';
import { Episode, free } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { messageCodec } from '@praxis/wire';
import { bytesSource, ChunkBuilder, loadZstd, McapFile, McapFileWriter } from '@praxis/wire/mcap';
import { RECORD_TOPICS } from '@praxis/wire/recording';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import streamsPolicy from './recordings/streams-policy.ts';
import { runMain } from './run-main.ts';

const folder = mkdtempSync(join(tmpdir(), 'praxis-recording-'));
afterAll(() => rmSync(folder, { recursive: true }));
const policyFile = fileURLToPath(new URL('./recordings/streams-policy.ts', import.meta.url));
const project = await loadProject();
await loadZstd();

/** Records an episode of the free scene. */
async function record(
  target: Pick<RecordTarget, 'path'> & Partial<RecordTarget>,
  seconds: number,
  during: (episode: Episode) => void = () => {},
): Promise<{ readonly recorder: EpisodeRecorder; readonly remarks: readonly string[] }> {
  const source = policySource(policyFile, project);
  const remarks: string[] = [];
  const recorder = new EpisodeRecorder({
    target: { existing: 'refuse', ...target },
    run: await runFacts({ source, policy: policyFile, robot: undefined, config: undefined }),
    episode: { task: 'free', seed: 1, safety: 'on', driver: 'policy' },
    onRemark: (line) => remarks.push(line),
  });
  const parts = { task: free, seed: 1, urdf: armUrdf(), policy: streamsPolicy(), scheduler: new RecedingHorizon() };
  const episode = await Episode.create({ ...parts, tap: recorder, ends: 'closed', afterStop: 'wait' });
  try {
    while (episode.time < seconds) {
      during(episode);
      await episode.step();
    }
  } finally {
    await episode.close();
    await recorder.finish({ outcome: 'no_verdict' });
  }
  return { recorder, remarks };
}

/** A copy of a recording with one bit of message `n` of a topic changed, so many bytes before its end. */
async function altered(path: string, topic: string, n: number, fromEnd: number): Promise<string> {
  const file = await McapFile.open(bytesSource(path, readFileSync(path)));
  const channels = [...file.channels.values()];
  const parts: Uint8Array[] = [];
  const head = {
    channels: channels.map(({ topic, type }) => ({ topic, type })),
    metadata: file.metadata,
    library: 'test',
  };
  const writer = new McapFileWriter({ write: (bytes) => parts.push(bytes.slice()) }, head);
  const builder = new ChunkBuilder();
  let seen = 0;
  for await (const { channelId, logTime, publishTime, data } of file.messages()) {
    const channel = channels.findIndex(({ id }) => id === channelId);
    let content = data;
    if (channels[channel].topic === topic && seen++ === n) {
      content = data.slice();
      content[content.length - fromEnd] ^= 1;
    }
    const chunk = builder.add({ channel, logTime, publishTime, data: content });
    if (chunk) writer.addChunk(chunk);
  }
  writer.addChunk(builder.finish()!);
  writer.end();
  const out = join(folder, `altered-${topic.replaceAll('/', '_')}.mcap`);
  writeFileSync(out, Buffer.concat(parts));
  return out;
}

it('an episode that a spoken stop ends replays with the recorded bits', async () => {
  const options = ['--task', 'interrupt', '--seed', '2000001', '--episodes', '1', '--policy', policyFile];
  const { out } = await runMain(['eval', ...options, '--record', join(folder, 'stop.mcap'), '--json']);
  expect(out).toContain('"episodes":1');
  const report = await replayRecording(join(folder, 'stop.mcap'), { project });
  expect(report).toMatchObject({ verdict: 'exact', altered: [], dropped: 0, task: 'interrupt' });
  // Two events at the start; the stop, the standstill and the brakes.
  expect(report.counts.safety.compared).toBeGreaterThan(4);
});

describe('a recorded episode', () => {
  const path = join(folder, 'episode.mcap');
  beforeAll(async () => {
    const asked = new Set<string>();
    await record({ path }, 0.8, (episode) => {
      const ask = (request: 'stop' | 'resetAndStart', time: number) => {
        if (episode.time < time || asked.has(request)) return;
        asked.add(request);
        episode.request(request);
      };
      ask('stop', 0.3);
      ask('resetAndStart', 0.6);
    });
  });

  it('replays with the recorded bits, through a stop and a new start', async () => {
    const report = await replayRecording(path, { project });
    expect(report).toMatchObject({ verdict: 'exact', altered: [], changed: [], dropped: 0, task: 'free', seed: '1' });
    expect(report.first).toBeUndefined();
    expect(report.periods).toBe(400);
    expect(report.counts.chunk.compared).toBeGreaterThan(3);
    expect(report.counts.loop_command.compared).toBeGreaterThan(350);
    expect(report.counts.robot_command.compared).toBeGreaterThan(350);
    expect(report.counts.safety.compared).toBeGreaterThan(3);
  });

  it.each([
    ['/wrench', 'wrench', 100, 3],
    ['/camera_wrist/image_raw', 'images.wrist', 2, 1],
  ])('one altered sample of %s is found at its period and named', async (topic, stream, n, fromEnd) => {
    const file = await altered(path, topic, n, fromEnd);
    const report = await replayRecording(file, { project });
    expect(report.verdict).toBe('different');
    expect(report.altered).toHaveLength(1);
    const [{ stream: found, period, stamp }] = report.altered;
    expect(found).toBe(stream);
    const times = await stampsOf(path, topic);
    expect(stamp).toBeCloseTo(times[n], 6);
    expect(report.first).toMatchObject({ stream, kind: expect.any(String) });
    expect(report.first!.period).toBeGreaterThanOrEqual(period);
    expect(report.first!.cause).toContain(`stream ${stream}, whose sample of ${stamp.toFixed(4)} s`);
  });

  it('an altered sample that no action depends on is found as well', async () => {
    // Behind the velocities stands the length of the efforts, of which there are none; the last velocity is that of a finger.
    const {
      verdict,
      first,
      altered: samples,
    } = await replayRecording(await altered(path, '/joint_states', 90, 4 + 2), { project });
    expect({ verdict, first }).toEqual({ verdict: 'different', first: undefined });
    expect(samples).toMatchObject([{ stream: 'joints' }]);
  });

  it('another policy differs at its first chunk by a named number, and no stream is blamed', async () => {
    const policy = fileURLToPath(new URL('./recordings/other-policy.ts', import.meta.url));
    const { verdict, first, changed, altered } = await replayRecording(path, { project, policy });
    expect({ verdict, altered }).toEqual({ verdict: 'different', altered: [] });
    expect(first).toMatchObject({ kind: 'chunk', largest: { name: 'arm' } });
    expect(first!.largest!.by).toBeGreaterThan(0);
    expect(first!.largest!.by).toBeLessThan(1e-12);
    expect(first!.stream).toBeUndefined();
    expect(first!.cause).toContain('every input is equal');
    expect(changed.map(({ what }) => what)).toContain('policy_sha256');
  });

  it('holds every stream, both kinds of commands, events, gates, chunks, timings and facts', async () => {
    const counts = new Map<string, number>();
    await withMcapFile(path, async (file) => {
      for await (const { channelId } of file.messages()) {
        const { topic } = file.channels.get(channelId)!;
        counts.set(topic, (counts.get(topic) ?? 0) + 1);
      }
      expect(file.facts('praxis')).toMatchObject({ task: 'free', seed: '1', policy: 'streams', robot: 'praxis_arm' });
      expect(file.facts('praxis_result')).toMatchObject({ outcome: 'no_verdict', dropped: '0' });
      expect(file.cut).toBeUndefined();
    });
    const own = Object.values(RECORD_TOPICS).map(([topic]) => topic);
    const streams = ['/joint_states', '/wrench', '/camera_wrist/image_raw', '/camera_front/image_raw', '/instruction'];
    expect([...counts.keys()].sort()).toEqual([...own, ...streams].sort());
    expect(counts.get('/praxis/period')).toBe(400);
  });

  it('that a person judges afterwards replays with the same bits, and the report has the judgement', async () => {
    const judged = join(folder, 'judged.mcap');
    copyFileSync(path, judged);
    await judgeRecording(judged, { outcome: 'failure', note: 'too slow' });
    const report = await replayRecording(judged, { project });
    expect(report).toMatchObject({ verdict: 'exact', altered: [], periods: 400 });
    expect(report.judgement).toEqual({ outcome: 'failure', note: 'too slow' });
    expect(replayText(report)).toContain('the operator said: failure, "too slow"\n');
    expect((await replayRecording(path, { project })).judgement).toEqual({});
  });

  it('that was cut off replays up to the cut, and the report says so', async () => {
    const cut = join(folder, 'cut.mcap');
    writeFileSync(cut, readFileSync(path).subarray(0, Math.floor(0.7 * statSync(path).size)));
    const report = await replayRecording(cut, { project });
    expect(report.verdict).toBe('exact');
    expect(report.cut!.lostBytes).toBeGreaterThan(0);
    expect(report.periods).toBeLessThan(400);
    expect(report.periods).toBeGreaterThan(100);
  });
});

/** Stamps of the messages of a topic (s). */
async function stampsOf(path: string, topic: string): Promise<readonly number[]> {
  return withMcapFile(path, async (file) => {
    const times: number[] = [];
    for await (const { channelId, publishTime } of file.messages()) {
      if (file.channels.get(channelId)!.topic === topic) times.push(Number(publishTime) / 1e9);
    }
    return times;
  });
}

describe('a recording in memory', () => {
  it('is saved when a stop latches, with the last seconds alone, and goes on', async () => {
    const path = join(folder, 'kept.mcap');
    let stopped = false;
    const { remarks } = await record({ path, keepS: 0.7 }, 1.7, (episode) => {
      if (episode.time < 0.6 || stopped) return;
      expect(existsSync(path)).toBe(false);
      stopped = true;
      episode.request('stop');
    });
    expect(remarks).toEqual([`saved the last 0.7 s: ${path} (a stop latched)`]);
    const periods = messageCodec('praxis_msgs/msg/Period');
    const times = await withMcapFile(path, async (file) => {
      const found: number[] = [];
      for await (const { channelId, data } of file.messages()) {
        if (file.channels.get(channelId)!.topic === '/praxis/period') found.push(periods.read(data).time);
      }
      return found;
    });
    expect(times[0]).toBeGreaterThan(0.4);
    expect(times[0]).toBeLessThan(0.91);
    expect(times.at(-1)).toBeCloseTo(1.6, 2);
    await expect(replayRecording(path, { project })).rejects.toThrow(
      /begins 0\.\d+ s after the start, expected a recording/,
    );
  });
});
