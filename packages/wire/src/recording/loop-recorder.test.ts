import type { SignalSpec, Stamped, StreamValue } from '@praxis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageCodec } from '../cdr/codec.ts';
import type { McapMessage } from '../mcap/chunk-builder.ts';
import { RECORD_TOPIC_NAMES, recordingChannels } from './channels.ts';
import { SampleDigests } from './digest.ts';
import { LoopRecorder } from './loop-recorder.ts';
import type { RecordingOutput } from './output.ts';
import type { Driver } from './period-record.ts';
import { streamMessages } from './stream-messages.ts';

const spec = (name: string, modality: string, rest: Partial<SignalSpec>): SignalSpec => {
  return { name, modality, dtype: 'float64', shape: [6], unit: '1', frame: 'link', rateHz: 100, ...rest };
};
const JOINTS = spec('joints', 'joints', { shape: [2], names: ['a', 'b'] });
const CAMERA = spec('images.wrist', 'vision', { dtype: 'uint8', shape: [2, 2, 3] });
const WRENCH = spec('wrench', 'wrench', {});
const WORDS = spec('instruction', 'language', { dtype: 'string', shape: [] });
const OWN = spec('my.sensor-1', 'vibration', { shape: [3] });
const streams = [JOINTS, CAMERA, WRENCH, WORDS, OWN];

class MemoryOutput implements RecordingOutput {
  backlogBytes = 0;
  readonly messages: McapMessage[] = [];
  write(message: McapMessage): void {
    this.messages.push(message);
  }
}

const period = (time: number) => ({ time, loopTicked: true, safetyState: 'running' });
const codec = messageCodec('praxis_msgs/msg/Driver');
const PERIOD_CHANNEL = streams.length + RECORD_TOPIC_NAMES.indexOf('period');
const periodsOf = ({ messages }: MemoryOutput) =>
  messages
    .filter(({ channel }) => channel === PERIOD_CHANNEL)
    .map(({ data }) => messageCodec('praxis_msgs/msg/Period').read(data));

describe('LoopRecorder', () => {
  it('has a standard type for every stream that has one, and a valid topic for any name', () => {
    expect(
      recordingChannels({ streams })
        .slice(0, 5)
        .map(({ topic, type }) => [topic, type]),
    ).toEqual([
      ['/joint_states', 'sensor_msgs/msg/JointState'],
      ['/camera_wrist/image_raw', 'sensor_msgs/msg/Image'],
      ['/wrench', 'geometry_msgs/msg/WrenchStamped'],
      ['/instruction', 'std_msgs/msg/String'],
      ['/sensor_1/my', 'praxis_msgs/msg/Vector'],
    ]);
  });

  it('no conversion changes a bit of a sample', () => {
    const number = fc.double();
    const vector = (length: number) =>
      fc.array(number, { minLength: length, maxLength: length }).map((values) => Float64Array.from(values));
    const any: fc.Arbitrary<readonly [SignalSpec, StreamValue]> = fc.oneof(
      vector(6).map((value) => [WRENCH, value] as const),
      vector(3).map((value) => [OWN, value] as const),
      fc.tuple(vector(2), vector(2)).map(([position, velocity]) => {
        return [JOINTS, { names: JOINTS.names!, position, velocity }] as const;
      }),
      fc.string().map((value) => [WORDS, value] as const),
      fc.uint8Array({ minLength: 12, maxLength: 12 }).map((data) => [CAMERA, { width: 2, height: 2, data }] as const),
    );
    const digests = new SampleDigests();
    fc.assert(
      fc.property(any, ([stream, value]) => {
        const { type, write, read } = streamMessages(stream);
        const codec = messageCodec<string>(type);
        const header = { stamp: { sec: 0, nanosec: 0 }, frame_id: 'link' };
        expect(digests.of(read(codec.read(codec.write(write(value, header)))))).toBe(digests.of(value));
      }),
      { numRuns: 60 },
    );
  });

  it('a period holds all bits of the times of its samples, in the order of their arrival', () => {
    const output = new MemoryOutput();
    const recorder = new LoopRecorder({ robot: { streams }, output });
    const [early, late] = [0.1 + 0.2, 1 / 3];
    recorder.addSample(2, { value: new Float64Array(6), stamp: early, received: late });
    recorder.addSample(3, { value: 'pick', stamp: late, received: late });
    recorder.endPeriod(period(late));
    recorder.addSample(2, { value: new Float64Array(6), stamp: late, received: 0.4 });
    recorder.endPeriod(period(0.4));
    recorder.drain();
    const [first, second] = periodsOf(output);
    expect([...first.streams]).toEqual([2, 3]);
    expect([...first.stamps]).toEqual([early, late]);
    expect([...first.received]).toEqual([late, late]);
    expect(first.time).toBe(late);
    expect([...second.streams]).toEqual([2]);
    expect(output.messages.map(({ channel }) => channel)).toEqual([2, 3, PERIOD_CHANNEL, 2, PERIOD_CHANNEL]);
    expect(output.messages[0]).toMatchObject({ logTime: 333_333_333n, publishTime: 300_000_000n });
  });

  it('samples that find no room are dropped, counted, and noted in their period; commands and events are not', () => {
    const output = new MemoryOutput();
    const recorder = new LoopRecorder({ robot: { streams }, output, maximumBacklogBytes: 1000 });
    const image: Stamped<StreamValue> = {
      value: { width: 2, height: 2, data: new Uint8Array(12) },
      stamp: 0,
      received: 0,
    };
    recorder.addSample(1, image);
    output.backlogBytes = 999;
    recorder.addSample(1, image);
    recorder.addSample(1, image);
    recorder.addCommand('loopCommand', 'arm', {
      ...{ value: { position: Float64Array.of(1, 2), gripperWidth: 0.04 }, stamp: 0, received: 0 },
    });
    recorder.endPeriod(period(0.002));
    recorder.drain();
    expect(recorder.streams[1]).toEqual({ stream: 'images.wrist', recorded: 1, dropped: 2, unfit: 0 });
    expect(periodsOf(output)[0]).toMatchObject({ dropped: 2, streams: Uint16Array.of(1) });
    expect(output.messages).toHaveLength(3);
  });

  it('says who drives in the first period, at each change, and again after a second', () => {
    const output = new MemoryOutput();
    const recorder = new LoopRecorder({ robot: { streams }, output });
    const driven = (time: number, driver?: Driver) => recorder.endPeriod({ ...period(time), driver });
    driven(0);
    for (const time of [0.1, 0.2]) driven(time, 'policy');
    for (const time of [0.3, 0.4]) driven(time, 'operator');
    for (const time of [0.5, 1.4, 1.6, 1.7]) driven(time, 'policy');
    recorder.drain();
    const channel = streams.length + RECORD_TOPIC_NAMES.indexOf('driver');
    const said = output.messages.filter((each) => each.channel === channel);
    expect(said.map(({ data, logTime }) => [Number(logTime) / 1e9, codec.read(data).driver])).toEqual([
      [0.1, 'policy'],
      [0.3, 'operator'],
      [0.5, 'policy'],
      [1.6, 'policy'],
    ]);
  });

  it('a command is copied at once, since its buffers are used again', () => {
    const output = new MemoryOutput();
    const recorder = new LoopRecorder({ robot: { streams }, output });
    const value = { position: Float64Array.of(1, 2), gripperWidth: 0.04 };
    recorder.addCommand('robotCommand', 'arm', { value, stamp: 0, received: 0 });
    value.position[0] = 99;
    recorder.drain();
    const { position } = messageCodec('praxis_msgs/msg/Command').read(output.messages[0].data);
    expect([...position]).toEqual([1, 2]);
  });

  it('a sample that fits no message is left out, counted, and reported once', () => {
    const output = new MemoryOutput();
    const recorder = new LoopRecorder({ robot: { streams }, output });
    for (const value of ['text', new Float64Array(2), undefined] as StreamValue[]) {
      recorder.addSample(2, { value, stamp: Number.NaN, received: 0.1 });
    }
    recorder.endPeriod(period(0.1));
    recorder.drain();
    expect(recorder.streams[2]).toEqual({ stream: 'wrench', recorded: 0, dropped: 0, unfit: 3 });
    const [note, ...rest] = output.messages;
    expect(rest).toHaveLength(1);
    expect(messageCodec('praxis_msgs/msg/LoopEvent').read(note.data).kind).toBe('sample_not_recorded');
    expect(periodsOf(output)[0].dropped).toBe(3);
  });

  it('drains within a budget of time, one record at least', () => {
    const output = new MemoryOutput();
    const recorder = new LoopRecorder({ robot: { streams }, output });
    for (let i = 0; i < 50; i++) recorder.endPeriod(period(i));
    recorder.drain(0);
    expect(output.messages).toHaveLength(1);
    recorder.drain();
    expect(output.messages).toHaveLength(50);
    expect(recorder.backlogBytes).toBe(0);
  });

  it('begins no picture that is expected to take longer than the time that is left, but does not put it off for good', () => {
    const output = new MemoryOutput();
    const recorder = new LoopRecorder({ robot: { streams }, output });
    const picture = { width: 4000, height: 3000, data: new Uint8Array(36_000_000) };
    recorder.addSample(1, { value: picture, stamp: 0, received: 0 });
    recorder.endPeriod(period(0.002));
    recorder.drain(0.5);
    expect(output.messages).toHaveLength(0);
    expect(recorder.backlogBytes).toBeGreaterThan(36_000_000);
    for (let i = 0; i < 500; i++) recorder.drain(0.5);
    expect(output.messages).toHaveLength(2);
  });

  it('encodes only what its output wants', () => {
    class PartialOutput extends MemoryOutput {
      wanted: readonly number[] = [];
      wants(channel: number): boolean {
        return this.wanted.includes(channel);
      }
    }
    const output = new PartialOutput();
    const recorder = new LoopRecorder({ robot: { streams }, output });
    const addBoth = (time: number): void => {
      recorder.addSample(2, { value: new Float64Array(6), stamp: time, received: time });
      recorder.addSample(3, { value: 'left', stamp: time, received: time });
      recorder.endPeriod(period(time));
      recorder.drain();
    };
    addBoth(1);
    expect(output.messages).toEqual([]);
    output.wanted = [3];
    addBoth(2);
    expect(output.messages.map(({ channel }) => channel)).toEqual([3]);
    output.wanted = [PERIOD_CHANNEL];
    addBoth(3);
    expect(output.messages.map(({ channel }) => channel)).toEqual([3, PERIOD_CHANNEL]);
    expect(Array.from(periodsOf(output)[0].streams)).toEqual([2, 3]);
  });
});
