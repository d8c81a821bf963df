import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SimulatedClock } from '@praxis/core';
import { recordingsIn, withMcapFile } from '@praxis/evaluation';
import { messageCodec, timeOf } from '@praxis/wire';
import { afterAll, describe, expect, it } from 'vitest';
import { ERROR, OK } from '../../diagnostics/diagnostics.ts';
import { SYSTEM_STAMPS } from '../../rcl/stamp-clock.ts';
import { FakeNode } from '../../testing/fake-node.ts';
import { NodeRecorder, type NodeRecorderOptions } from './node-recorder.ts';
import { newRecordingPath } from './recording-path.ts';
import { typeSchema } from './schemas.ts';

const folder = mkdtempSync(join(tmpdir(), 'praxis-record-'));
afterAll(() => rmSync(folder, { recursive: true }));

const WRENCH = 'geometry_msgs/msg/WrenchStamped';
const TEXT = 'std_msgs/msg/String';
const TOPICS = [
  { topic: '/wrench', type: WRENCH, qos: 'sensor', schema: typeSchema(WRENCH, []) },
  { topic: '/state', type: TEXT, qos: 'latched', schema: typeSchema(TEXT, []) },
] as const;

function setUp(output: string, options: Partial<NodeRecorderOptions> = {}) {
  const fake = new FakeNode();
  const clock = new SimulatedClock(1000);
  const { rcl, node } = fake;
  let faults = 0;
  const recorder = new NodeRecorder({
    ...{ rcl, node, clock, stampClock: SYSTEM_STAMPS, findTopics: async () => TOPICS },
    ...{ output, robot: 'arm', facts: { clock: 'system' }, keepS: undefined, retainDays: undefined, ...options },
    onFault: () => faults++,
  });
  /** Lets time pass, with a wrench each 0.1 s. */
  const run = (seconds: number): void => {
    for (let k = 0; k < 10 * seconds; k++) {
      clock.advance(0.1);
      const header = { stamp: timeOf(clock.now() - 0.002), frame_id: 'ft' };
      const zero = { x: 0, y: 0, z: 0 };
      fake.receive(WRENCH, '/wrench', { header, wrench: { force: zero, torque: zero } });
      recorder.tick();
    }
  };
  return { fake, clock, recorder, run, faults: () => faults };
}

const contentOf = (path: string) =>
  withMcapFile(path, async (file) => {
    const messages: { topic: string; log: number; age: number; data: Uint8Array }[] = [];
    for await (const { channelId, logTime, publishTime, data } of file.messages()) {
      const { topic } = file.channels.get(channelId)!;
      messages.push({
        topic,
        log: Number(logTime) / 1e9,
        age: Number(logTime - publishTime) / 1e9,
        data: data.slice(),
      });
    }
    return { messages, facts: file.facts('praxis'), result: file.facts('praxis_result'), cut: file.cut };
  });

const filesIn = (path: string): readonly string[] => (existsSync(path) ? readdirSync(path) : []);

describe('the recorder of a node', () => {
  it('writes a recording from start to stop, with what it holds and for how long it may be kept', async () => {
    const output = join(folder, 'whole');
    const { recorder, run } = setUp(output, { retainDays: 30 });
    expect(recorder.report()).toEqual({ level: OK, message: 'no recording' });
    expect(await recorder.start()).toMatch(/^records to .*arm-\d{8}T\d{6}Z\.mcap$/);
    run(5);
    expect(recorder.report()).toMatchObject({ level: OK, values: { recorded: 50, dropped: 0 } });
    await expect(recorder.start()).rejects.toThrow(/^a recording runs already: records to /);
    await expect(recorder.save('asked')).rejects.toThrow('nothing is kept in memory, because the parameter keep is 0');
    const line = await recorder.stop();
    const [path] = filesIn(output).map((name) => join(output, name));
    expect(line).toMatch(new RegExp(`^wrote ${path}: 50 messages, 0\\.0 MB$`));
    const { messages, facts, result, cut } = await contentOf(path);
    expect(messages).toHaveLength(50);
    for (const { age } of messages) expect(age).toBeCloseTo(0.002, 6);
    expect(facts).toMatchObject({ world: 'ROS 2', clock: 'system', retain_days: '30' });
    expect([result, cut]).toEqual([{ recorded: '50', dropped: '0', dropped_by_stream: '' }, undefined]);
    expect(await recordingsIn(output, new Date(Date.now() + 31 * 24 * 3600e3))).toMatchObject([{ expired: true }]);
    await expect(recorder.stop()).rejects.toThrow('no recording runs');
  });

  it('keeps the last seconds, and writes them a second after a stop has latched, with what was latched before them', async () => {
    const output = join(folder, 'kept');
    const { fake, recorder, run } = setUp(output, { keepS: 3 });
    expect(await recorder.start()).toBe('keeps the last 3 s in memory');
    fake.receiveDecoded('/state', { data: 'running' }, { sourceTimestamp: 7n });
    recorder.observeState('running');
    run(20);
    recorder.observeState('protective_stop');
    run(0.9);
    expect(filesIn(output)).toEqual([]);
    run(0.2);
    await expect.poll(() => fake.lines.join()).toMatch(/^a stop latched: wrote /);
    const [path] = filesIn(output).map((name) => join(output, name));
    const { messages, result } = await contentOf(path);
    expect(result).toMatchObject({ kept: 'a stop latched' });
    const wrenches = messages.filter(({ topic }) => topic === '/wrench');
    const times = wrenches.map(({ log }) => log);
    expect(Math.max(...times)).toBeGreaterThan(1020.95);
    // A chunk is kept whole: it has up to half a second more.
    expect(Math.min(...times)).toBeGreaterThan(1017.2);
    expect(Math.min(...times)).toBeLessThan(1018.2);
    const [state] = messages.filter(({ topic }) => topic === '/state');
    expect(messageCodec(TEXT).read(state.data)).toEqual({ data: 'running' });
    expect(Math.abs(state.log - 1018)).toBeLessThan(0.2);
    // The recording goes on, and a stop of its own is another file.
    run(5);
    expect(await recorder.save('asked')).toMatch(/^wrote /);
    expect(filesIn(output)).toHaveLength(2);
    expect(await recorder.stop()).toBe('nothing was written');
  });

  it('saves what is kept at its end where a stop has just latched', async () => {
    const output = join(folder, 'ended');
    const { recorder, run } = setUp(output, { keepS: 3 });
    await recorder.start();
    recorder.observeState('running');
    run(1);
    recorder.observeState('emergency_stop');
    await recorder.close();
    expect(filesIn(output)).toHaveLength(1);
  });

  it('makes a file of its own for each recording, and never touches one that exists', async () => {
    const path = join(folder, 'mine.mcap');
    writeFileSync(path, 'mine');
    const { recorder, run } = setUp(path);
    for (const expected of ['mine-2.mcap', 'mine-3.mcap']) {
      await recorder.start();
      run(0.5);
      expect(await recorder.stop()).toContain(expected);
    }
    expect(newRecordingPath(path, 'arm', new Date(0))).toBe(join(folder, 'mine-4.mcap'));
    expect(newRecordingPath(folder, 'arm', new Date(0))).toBe(join(folder, 'arm-19700101T000000Z.mcap'));
  });

  it('refuses in one line where no file can be made, and can be started again', async () => {
    const blocked = join(folder, 'blocked');
    writeFileSync(blocked, '');
    const { fake, recorder } = setUp(join(blocked, 'runs'));
    await expect(recorder.start()).rejects.toThrow(/^\S+blocked\/runs: cannot be/);
    expect(fake.subscribed).toEqual([]);
    rmSync(blocked);
    expect(await recorder.start()).toContain('records to');
    await recorder.close();
  });

  it('goes on when what it keeps cannot be written: one error in the diagnostics', async () => {
    const blocked = join(folder, 'full');
    writeFileSync(blocked, '');
    const { recorder, run, faults } = setUp(join(blocked, 'runs'), { keepS: 2 });
    await recorder.start();
    recorder.observeState('running');
    run(1);
    recorder.observeState('protective_stop');
    run(1.1);
    await expect.poll(faults).toBe(1);
    expect(recorder.report()).toMatchObject({ level: ERROR, message: expect.stringMatching(/full\/runs: cannot be/) });
    rmSync(blocked);
    run(1);
    expect(await recorder.save('asked')).toContain('wrote');
    expect(recorder.report()).toMatchObject({ level: OK, message: 'keeps the last 2 s in memory' });
    await recorder.stop();
  });
});
