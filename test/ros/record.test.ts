import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from '@foxglove/rosmsg';
import { MessageReader } from '@foxglove/rosmsg2-serialization';
import { McapIndexedReader } from '@mcap/core';
import { withMcapFile } from '@praxis/evaluation';
import { armUrdf } from '@praxis/sim/node';
import { type Header, hasHeader, MESSAGE_TYPES, type Message, messageCodec, secondsOf } from '@praxis/wire';
import { loadZstd } from '@praxis/wire/mcap';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decompress } from '../../packages/wire/src/mcap/compression.ts';
import { needs } from '../needs.ts';
import { RosClient } from './client.ts';
import { endAll, NodeProcess } from './node-process.ts';
import { ROS } from './ros.ts';

const WRENCH = 'geometry_msgs/msg/WrenchStamped';
const DYNAMIC = 'control_msgs/msg/DynamicJointState';
const NANOSECONDS = 1_000_000_000n;

/** A message of a recording with its channel. */
interface Recorded {
  readonly topic: string;
  readonly type: string;
  readonly schema: string;
  readonly logTime: bigint;
  readonly publishTime: bigint;
  readonly data: Uint8Array;
}

/** A recording as the reader of Praxis has it. */
const contentOf = (path: string) =>
  withMcapFile(path, async (file) => {
    const messages: Recorded[] = [];
    for await (const { channelId, data, ...times } of file.messages()) {
      const { topic, type, schema } = file.channels.get(channelId)!;
      messages.push({ ...{ topic, type, schema: schema.text }, ...times, data: data.slice() });
    }
    const of = (name: string) => messages.filter(({ topic }) => topic === name);
    return { messages, of, cut: file.cut, result: file.facts('praxis_result') };
  });

/** Counts of the messages by topic, as MCAP's own reader finds them by the index. */
async function indexedCounts(path: string): Promise<ReadonlyMap<string, number>> {
  await loadZstd();
  const bytes = readFileSync(path);
  const reader = await McapIndexedReader.Initialize({
    readable: {
      size: async () => BigInt(bytes.length),
      read: async (offset, size) => bytes.subarray(Number(offset), Number(offset + size)),
    },
    decompressHandlers: { zstd: (data, size) => decompress(data, 'zstd', Number(size)) },
  });
  const counts = new Map<string, number>();
  for await (const { channelId } of reader.readMessages()) {
    const { topic } = reader.channelsById.get(channelId)!;
    counts.set(topic, (counts.get(topic) ?? 0) + 1);
  }
  return counts;
}

const stampOf = ({ stamp: { sec, nanosec } }: Header): bigint => BigInt(sec) * NANOSECONDS + BigInt(nanosec);

describe('record_node over a real ROS 2', needs(ROS), () => {
  let folder: string;
  let client: RosClient;
  let sim: NodeProcess;
  let supervisor: NodeProcess;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'praxis-ros-record-'));
    client = new RosClient();
    sim = new NodeProcess('sim_node');
    supervisor = new NodeProcess('supervisor_node');
    await supervisor.waitForLog(/idle -> ready/);
  }, 60_000);

  afterAll(async () => {
    await endAll([sim, supervisor]);
    await client?.close();
    rmSync(folder, { recursive: true });
  });

  /** Starts a recorder whose recordings go to a folder of their own. */
  async function record(name: string, parameters: readonly string[] = []) {
    const output = join(folder, `${name}-${Math.random().toString(36).slice(2)}`);
    const recorder = new NodeProcess('record_node', [`output:=${output}`, ...parameters]);
    await recorder.waitForLog(/records to|keeps the last|waits for ~\/start/);
    return { recorder, files: () => readdirSync(output).map((file) => join(output, file)) };
  }

  it('records what is published, with the times of the sources, so that every reader finds it', async () => {
    const { recorder, files } = await record('whole', [`topics:=["/dynamic_joint_states ${DYNAMIC}"]`]);
    let seen: readonly Message<typeof WRENCH>[];
    const value = { interface_names: ['position'], values: [0.5] };
    const message = { joint_names: ['joint1'], interface_values: [value], header: { stamp: { sec: 7, nanosec: 9 } } };
    try {
      seen = await client.record<Message<typeof WRENCH>>('/wrench', WRENCH, 4);
      await client.publish('/instruction', 'std_msgs/msg/String', { data: 'nimm den größeren Würfel' });
      await client.publish('/dynamic_joint_states', DYNAMIC, message);
      await sleep(500);
    } finally {
      expect(await recorder.end()).toBe(0);
    }
    const [path] = files();
    const { messages, of, cut, result } = await contentOf(path);
    expect(cut).toBeUndefined();
    expect(result).toMatchObject({ recorded: String(messages.length), dropped: '0' });

    // What another client received is there, to the stamp, once the recorder has discovered the publisher.
    const recorded = new Set(of('/wrench').map(({ publishTime }) => publishTime));
    const begin = of('/wrench')[0].publishTime;
    const stamps = seen.map(({ header }) => stampOf(header)).filter((stamp) => stamp >= begin);
    const missing = stamps.filter((stamp) => !recorded.has(stamp));
    expect(stamps.length).toBeGreaterThan(1000);
    expect(missing.length).toBeLessThan(0.01 * stamps.length);

    for (const { type, publishTime, logTime, data } of messages) {
      expect(Number(logTime - publishTime)).toBeGreaterThan(-1e7);
      if (!MESSAGE_TYPES.includes(type) || !hasHeader(type)) continue;
      expect(publishTime).toBe(stampOf((messageCodec(type).read(data) as { header: Header }).header));
    }
    // Transforms have no header, but the stamps inside are a little older than their publication.
    const ages = of('/tf').map(({ data, publishTime }) => {
      const [{ header }] = messageCodec('tf2_msgs/msg/TFMessage').read(data).transforms;
      return Number(publishTime) / 1e9 - secondsOf(header.stamp);
    });
    expect(ages.length).toBeGreaterThan(50);
    for (const age of ages) expect(age).toBeGreaterThanOrEqual(0);

    const texts = (topic: string) => of(topic).map(({ data }) => messageCodec('std_msgs/msg/String').read(data).data);
    expect(texts('/instruction')).toContain('nimm den größeren Würfel');
    expect(texts('/supervisor_node/state')).toEqual(['ready']);
    expect(texts('/robot_description')).toEqual([armUrdf()]);
    for (const topic of [
      '/camera_front/image_raw',
      '/camera_wrist/camera_info',
      '/joint_states',
      '/diagnostics',
      '/tf_static',
    ])
      expect(of(topic).length, topic).toBeGreaterThan(0);

    // A type that only the installed ROS 2 knows is read by the definition in the file.
    const [foreign] = of('/dynamic_joint_states');
    expect(foreign.publishTime).toBe(7n * NANOSECONDS + 9n);
    const decoded = new MessageReader(parse(foreign.schema, { ros2: true })).readMessage(foreign.data);
    expect(decoded).toMatchObject({ joint_names: ['joint1'], interface_values: [{ values: Float64Array.of(0.5) }] });

    const counts = await indexedCounts(path);
    expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(messages.length);
    for (const [topic, count] of counts) expect(of(topic)).toHaveLength(count);
  }, 90_000);

  it('starts and ends recordings when its services are called, each in a file of its own', async () => {
    const { recorder, files } = await record('services', [
      'auto_start:=false',
      'recorded_cameras:=[""]',
      'retain_days:=30',
    ]);
    try {
      expect(await client.trigger('/record_node/stop')).toEqual({ success: false, message: 'no recording runs' });
      for (let count = 1; count <= 2; count++) {
        expect(await client.trigger('/record_node/start')).toMatchObject({ success: true });
        await sleep(800);
        const { message } = await client.trigger('/record_node/stop');
        expect(message).toMatch(/^wrote .*\.mcap: \d+ messages/);
        expect(files()).toHaveLength(count);
      }
      for (const path of files()) {
        const { of } = await contentOf(path);
        expect(of('/wrench').length).toBeGreaterThan(100);
        // What was latched long before is in each of them.
        expect(of('/tf_static')).toHaveLength(1);
        expect(of('/camera_front/image_raw')).toEqual([]);
      }
    } finally {
      await recorder.end();
    }
  }, 60_000);

  it('keeps the last seconds and writes them when a stop latches', async () => {
    const { recorder, files } = await record('kept', ['keep:=3']);
    try {
      await sleep(6000);
      expect(await client.trigger('/supervisor_node/stop')).toMatchObject({ success: true });
      await recorder.waitForLog(/a stop latched: wrote/);
      const { of, result } = await contentOf(files()[0]);
      expect(result).toMatchObject({ kept: 'a stop latched' });
      const times = of('/wrench').map(({ logTime }) => Number(logTime) / 1e9);
      const span = Math.max(...times) - Math.min(...times);
      expect(span).toBeGreaterThan(2.5);
      expect(span).toBeLessThan(4.5);
      const events = of('/supervisor_node/event').map(
        ({ data }) => messageCodec('std_msgs/msg/String').read(data).data,
      );
      expect(events.join('\n')).toContain('"to":"protective_stop"');
      expect(of('/tf_static')).toHaveLength(1);
      expect(of('/robot_description')).toHaveLength(1);
      expect(await client.trigger('/record_node/save')).toMatchObject({ success: true });
      expect(files()).toHaveLength(2);
    } finally {
      await client.trigger('/supervisor_node/reset');
      await recorder.end();
    }
  }, 60_000);

  it('leaves a file that opens when it is killed', async () => {
    const { recorder, files } = await record('killed');
    await sleep(2500);
    const killed = BigInt(Date.now()) * 1_000_000n;
    await recorder.end('SIGKILL');
    const { of, cut } = await contentOf(files()[0]);
    expect(cut?.reason).toBeDefined();
    const [first, last] = [of('/wrench')[0], of('/wrench').at(-1)!];
    expect(Number(killed - last.logTime) / 1e9).toBeLessThan(1.5);
    expect(Number(last.logTime - first.logTime) / 1e9).toBeGreaterThan(0.5);
  }, 30_000);

  it('says once that the disk is full, goes on, and records again when there is room', async () => {
    const { recorder, files } = await record('full');
    const limit = (bytes: string) =>
      spawnSync('prlimit', ['--pid', String(recorder.process.pid), `--fsize=${bytes}:`], { encoding: 'utf8' });
    try {
      expect(limit('900000').stderr).toBe('');
      const [line] = await recorder.waitForLog(/\[ERROR\].*the recording has ended early: .*/);
      expect(line).toMatch(/\.mcap: cannot be written: EFBIG/);
      limit('unlimited');
      await sleep(2500);
      expect(recorder.output.match(/cannot be written/g)).toHaveLength(1);
      expect((await contentOf(files()[0])).of('/wrench').length).toBeGreaterThan(0);
      expect(await client.trigger('/record_node/start')).toMatchObject({ success: true });
      await sleep(500);
      expect(await client.trigger('/record_node/stop')).toMatchObject({ success: true });
      expect(files()).toHaveLength(2);
    } finally {
      await recorder.end();
    }
  }, 60_000);

  it.each([
    [
      'topics:=["/x none_msgs/msg/None"]',
      /parameter topics: \/x: none_msgs\/msg\/None is not installed: install its package/,
    ],
    ['output:=/proc/none/runs', /\/proc\/none\/runs: cannot be/],
  ])(
    'does not start with %s, and says why in one line',
    async (parameter, line) => {
      const recorder = new NodeProcess('record_node', [`output:=${join(folder, 'none')}`, parameter]);
      expect(await recorder.exited).toBe(2);
      expect(recorder.output).toMatch(line);
    },
    30_000,
  );
});
