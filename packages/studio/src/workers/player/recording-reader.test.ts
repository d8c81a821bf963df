import type { RobotSpec } from '@praxis/core';
import { messageCodec } from '@praxis/wire';
import { bytesSource, ChunkBuilder, loadZstd, McapFile, McapFileWriter } from '@praxis/wire/mcap';
import { DirectOutput, LoopRecorder, recordingChannels } from '@praxis/wire/recording';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ReadingProgress } from '../../protocol/recording.ts';
import { RecordingReader } from './recording-reader.ts';

beforeAll(() => loadZstd());

const signal = { modality: 'joints', dtype: 'float64', unit: 'rad', frame: 'base_link', rateHz: 100 } as const;
const joints = ['shoulder', 'elbow'];
const robot: RobotSpec = {
  name: 'two_joints',
  streams: [
    { ...signal, name: 'images.front', modality: 'vision', dtype: 'uint8', shape: [2, 4, 3], unit: 'rgb8', rateHz: 10 },
    { ...signal, name: 'wrench', modality: 'wrench', shape: [6], unit: 'N' },
    { ...signal, name: 'joints', shape: [2], names: joints },
    { ...signal, name: 'instruction', modality: 'language', dtype: 'string', shape: [], unit: '1' },
  ],
  commands: [{ ...signal, name: 'arm', shape: [3], names: [...joints, 'gripper'] }],
};

/** A recording of 4 s whose pictures have the number of their period in every byte. */
function recording(): Uint8Array {
  const parts: Uint8Array[] = [];
  const metadata = [{ name: 'praxis', values: { task: 'wave', robot_spec: JSON.stringify(robot) } }];
  const head = { channels: recordingChannels(robot), metadata, library: 'praxis test' };
  const file = new McapFileWriter({ write: (bytes) => void parts.push(bytes.slice()) }, head);
  const output = new DirectOutput(new ChunkBuilder({ bytes: 1e6, seconds: 0.5 }), file);
  const recorder = new LoopRecorder({ robot, output });
  for (let k = 0; k < 400; k++) {
    const time = 100 + k / 100;
    const add = (i: number, value: Parameters<LoopRecorder['addSample']>[1]['value'], delay = 0) =>
      recorder.addSample(i, { value, stamp: time - delay, received: time });
    if (k === 0 || k === 250) add(3, k === 0 ? 'wave' : 'stop waving');
    if (k % 10 === 0) add(0, { width: 4, height: 2, data: new Uint8Array(24).fill(k / 10) }, 0.025);
    add(1, Float64Array.of(0, 0, k === 123 ? -50 : 0, 0, 0, 0));
    add(2, { names: joints, position: Float64Array.of(k / 100, 1), velocity: new Float64Array(2) });
    const value = { position: Float64Array.of(k / 100 + 0.05, 1), gripperWidth: 0.04 };
    recorder.addCommand('robotCommand', 'arm', { value, stamp: time, received: time });
    if (k % 10 === 1)
      recorder.addChunk({ stamp: time, period: 0.1, horizon: 1, gates: { vision: 0.75 }, blocks: {} }, time);
    if (k === 300)
      recorder.addSafetyEvent({
        ...{ time, from: 'running', to: 'protective_stop', cause: 'contact', message: 'force of 50 N', data: {} },
      });
    recorder.endPeriod({ time, loopTicked: true, safetyState: 'running' });
    recorder.drain();
  }
  output.flush();
  file.end();
  return Buffer.concat(parts);
}

const open = (bytes: Uint8Array) => RecordingReader.open(bytesSource('pick.mcap', bytes));

async function readAll(reader: RecordingReader): Promise<ReadingProgress[]> {
  const all: ReadingProgress[] = [];
  for await (const progress of reader.readAll()) all.push(progress);
  return all;
}

const curve = ({ plots, curves }: Awaited<ReturnType<RecordingReader['signals']>>, id: string, name: string) => {
  const before = plots
    .slice(
      0,
      plots.findIndex((plot) => plot.id === id),
    )
    .flatMap((plot) => plot.curves).length;
  return curves[before + plots.find((plot) => plot.id === id)!.curves.indexOf(name)];
};

describe('a recording in the page', () => {
  it('says what it is, on a time axis from its first message', async () => {
    const { summary } = await open(recording());
    expect(summary).toMatchObject({ name: 'pick.mcap', cameras: ['front'], facts: { task: 'wave' }, cut: undefined });
    expect(summary.duration).toBeCloseTo(3.99, 6);
    expect(summary.startNs).toBe(100_000_000_000n);
    expect(Object.keys(summary.facts)).toEqual(['task']);
  });

  it('has the newest picture at each time, with the time at which it was taken', async () => {
    const reader = await open(recording());
    for (const [time, number] of [
      [0, 0],
      [0.1, 1],
      [0.199, 1],
      [3.95, 39],
      [2.55, 25],
    ]) {
      const [image] = await reader.picturesAt(time);
      expect(image, `at ${time} s`).toMatchObject({ camera: 'front', width: 4, height: 2 });
      expect(image.data[0]).toBe(number);
      expect(image.stamp).toBeCloseTo(number / 10 - 0.025, 6);
    }
  });

  it('plots positions beside commands, and keeps a peak of one sample over the whole recording', async () => {
    const reader = await open(recording());
    await readAll(reader);
    const whole = reader.overview();
    expect(whole.plots.map(({ label, curves }) => [label, ...curves])).toEqual([
      ['F (N)', 'Fx', 'Fy', 'Fz'],
      ['T (Nm)', 'Tx', 'Ty', 'Tz'],
      ['gates (0 to 1)', 'vision'],
      ['shoulder (rad)', 'position', 'command'],
      ['elbow (rad)', 'position', 'command'],
      ['arm gripper (m)', 'command'],
    ]);
    expect(Math.min(...curve(whole, 'force ', 'Fz').filter((value) => !Number.isNaN(value)))).toBe(-50);
    const part = await reader.signals(2, 3);
    const at = part.times.findIndex((time) => time >= 2.5);
    expect(curve(part, 'joint shoulder', 'position')[at]).toBeCloseTo(2.5, 1);
    expect(curve(part, 'joint shoulder', 'command')[at]).toBeCloseTo(2.55, 1);
    expect(curve(part, 'gates', 'vision')[at]).toBe(0.75);
  });

  it('marks instructions and events of the supervisor', async () => {
    const progress = await readAll(await open(recording()));
    const marks = progress.flatMap((each) => each.marks);
    expect(marks.map(({ time, ...mark }) => ({ ...mark, time: Number(time.toFixed(3)) }))).toEqual([
      { time: 0, kind: 'instruction', text: 'wave' },
      { time: 2.5, kind: 'instruction', text: 'stop waving' },
      { time: 3, kind: 'safety', text: 'running to protective stop: force of 50 N', state: 'protective_stop' },
    ]);
    expect(progress.at(-1)).toMatchObject({ fraction: 1, unlistedMarks: 0, damage: undefined });
  });

  it('shows what a recording that was cut off still has', async () => {
    const whole = recording();
    const reader = await open(whole.subarray(0, whole.length / 2));
    expect(reader.summary.cut).toMatch(
      /^cut off at byte \d+: .+ What stands before it is shown; \d+ bytes are lost\.$/,
    );
    expect(reader.summary.duration).toBeLessThan(3);
    expect(await reader.picturesAt(0.5)).toHaveLength(1);
  });

  it('leaves out a damaged chunk, and names its byte', async () => {
    const bytes = recording().slice();
    const { chunks } = await McapFile.open(bytesSource('', bytes));
    const [, , damaged] = chunks;
    bytes[damaged.records + Math.floor(damaged.recordsLength / 2)] ^= 0xff;
    const reader = await open(bytes);
    const progress = await readAll(reader);
    expect(progress.at(-1)!.damage).toMatch(new RegExp(`^pick.mcap: a damaged chunk: .*\\(byte ${damaged.offset}\\)$`));
    expect((await reader.picturesAt(0.3))[0].data[0]).toBe(3);
    // The newest picture before the damage.
    expect((await reader.picturesAt(1.3))[0].data[0]).toBeLessThan(11);
  });

  it.each([
    ['an empty file', () => new Uint8Array(0), 'pick.mcap: empty, expected an MCAP file (byte 0)'],
    ['another file', () => new TextEncoder().encode('# Praxis, a text'), /^pick.mcap: no MCAP file: .*\(byte 0\)$/],
    ['a file that was cut off in its head', () => recording().subarray(0, 20), /^pick.mcap: .*\(byte 8\)$/],
  ])('refuses %s in one line', async (_, bytes, line) => {
    await expect(open(bytes())).rejects.toThrow(line);
  });

  it('refuses a file of other topics, and says what it has', async () => {
    const parts: Uint8Array[] = [];
    const channels = [{ topic: '/tf', type: 'geometry_msgs/msg/TransformStamped' }];
    const file = new McapFileWriter(
      { write: (bytes) => void parts.push(bytes.slice()) },
      { channels, metadata: [], library: 'other' },
    );
    const builder = new ChunkBuilder();
    builder.add({
      channel: 0,
      logTime: 1n,
      publishTime: 1n,
      data: messageCodec('std_msgs/msg/String').write({ data: '' }),
    });
    file.addChunk(builder.finish()!);
    file.end();
    await expect(open(Buffer.concat(parts))).rejects.toThrow(
      /^pick.mcap: no topic to show, .* it has \/tf \(geometry_msgs\/msg\/TransformStamped\), written by other$/,
    );
  });
});
