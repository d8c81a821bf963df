import { SimulatedClock } from '@praxis/core';
import { messageCodec, timeOf } from '@praxis/wire';
import type { McapMessage } from '@praxis/wire/mcap';
import { describe, expect, it } from 'vitest';
import { SimClock, SYSTEM_STAMPS } from '../../rcl/stamp-clock.ts';
import { FakeNode } from '../../testing/fake-node.ts';
import { headerStamp } from './message-times.ts';
import { typeSchema } from './schemas.ts';
import { channelsOf, type DefinedTopic, TopicRecorder } from './topic-recorder.ts';

const WRENCH = 'geometry_msgs/msg/WrenchStamped';
const TEXT = 'std_msgs/msg/String';
const TF = 'tf2_msgs/msg/TFMessage';
const SECOND = 1_000_000_000n;

const topic = (name: string, type: string, qos: DefinedTopic['qos'] = 'sensor'): DefinedTopic => ({
  ...{ topic: name, type, qos },
  schema: typeSchema(type, []),
});
const TOPICS = [
  topic('/wrench', WRENCH),
  topic('/say', TEXT, 'event'),
  topic('/tf_static', TF, 'latchedByMany'),
  { ...topic('/command', WRENCH), stamps: 'system' } as const,
];
const wrench = (stamp: number) => ({
  header: { stamp: timeOf(stamp), frame_id: 'ft' },
  wrench: { force: { x: 1, y: 2, z: 3 }, torque: { x: 0, y: 0, z: 0 } },
});
/** A fixed transform, whose numbers are zero. */
const frame = (child: string) => ({
  transforms: [{ header: { stamp: timeOf(1), frame_id: 'base' }, child_frame_id: child }],
});

function setUp(stampClock: SimClock | typeof SYSTEM_STAMPS = SYSTEM_STAMPS) {
  const fake = new FakeNode();
  const clock = new SimulatedClock(100);
  const written: McapMessage[] = [];
  const output = { backlogBytes: 0, write: (message: McapMessage) => void written.push(message) };
  const { rcl, node } = fake;
  const recorder = new TopicRecorder({ rcl, node, clock, stampClock, topics: TOPICS, output });
  return { fake, clock, written, output, recorder };
}

describe('the recorder of topics', () => {
  it('writes the bytes that came, with the stamp of the header and the time of receipt', () => {
    const { fake, clock, written, recorder } = setUp();
    const bytes = messageCodec(WRENCH).write(wrench(99.5));
    clock.advance(0.25);
    fake.receiveBytes('/wrench', bytes);
    expect(written).toEqual([{ channel: 0, logTime: 100_250_000_000n, publishTime: 99_500_000_000n, data: bytes }]);
    expect(recorder.records[0]).toEqual({ topic: '/wrench', recorded: 1, dropped: 0, unfit: 0 });
  });

  it('takes the time of the middleware to the nanosecond where a message has no header', () => {
    const { fake, written } = setUp();
    fake.receiveDecoded('/say', { data: 'größer' }, { sourceTimestamp: 1_796_253_546_415_580_027n });
    expect(written[0]).toMatchObject({ channel: 1, logTime: 100n * SECOND, publishTime: 1_796_253_546_415_580_027n });
    expect(messageCodec(TEXT).read(written[0].data)).toEqual({ data: 'größer' });
  });

  it('takes the time of receipt where a header has no stamp', () => {
    const { fake, written } = setUp();
    fake.receive(WRENCH, '/wrench', wrench(0));
    expect(written[0]).toMatchObject({ logTime: 100n * SECOND, publishTime: 100n * SECOND });
  });

  it('writes all times on the clock of a simulator where that is the clock, and nothing before its first time but what is latched', () => {
    const stampClock = new SimClock(() => undefined);
    const { fake, written, recorder } = setUp(stampClock);
    fake.receive(WRENCH, '/wrench', wrench(7));
    fake.receiveDecoded('/tf_static', frame('tool'), { sourceTimestamp: 99_800_000_000n });
    expect(recorder.records.map(({ recorded, unfit }) => [recorded, unfit])).toEqual([
      [0, 1],
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    stampClock.accept(7.5, 100);
    fake.receive(WRENCH, '/wrench', wrench(7));
    fake.receiveDecoded('/say', { data: 'go' }, { sourceTimestamp: 99_900_000_000n });
    // Commands are stamped with the system's clock.
    fake.receive(WRENCH, '/command', wrench(99.95));
    expect(written.map(({ channel, logTime, publishTime }) => [channel, logTime, publishTime])).toEqual([
      [2, 7_500_000_000n, 7_300_000_000n],
      [0, 7_500_000_000n, 7n * SECOND],
      [1, 7_500_000_000n, 7_400_000_000n],
      [3, 7_500_000_000n, 7_450_000_000n],
    ]);
  });

  it('drops and counts messages while too much waits, and those that cannot be encoded', () => {
    const { fake, written, output, recorder } = setUp();
    output.backlogBytes = 257 * 1024 * 1024;
    fake.receive(WRENCH, '/wrench', wrench(99));
    output.backlogBytes = 0;
    fake.receive(WRENCH, '/wrench', wrench(99));
    fake.receiveDecoded('/say', { data: 7 }, { sourceTimestamp: 1n });
    expect(written).toHaveLength(1);
    expect(recorder.records.slice(0, 2)).toEqual([
      { topic: '/wrench', recorded: 1, dropped: 1, unfit: 0 },
      { topic: '/say', recorded: 0, dropped: 0, unfit: 1 },
    ]);
    expect(fake.lines).toEqual([]);
  });

  it('repeats latched messages that are older than what is kept, the newest of each topic, at its beginning', () => {
    const { fake, clock, written, recorder } = setUp();
    const send = (child: string) => fake.receiveDecoded('/tf_static', frame(child), { sourceTimestamp: 5n });
    for (let i = 0; i < 20; i++) send(`old${i}`);
    clock.advance(10);
    send('new');
    written.length = 0;
    recorder.repeatLatched(105n * SECOND);
    const children = written.map(({ data }) => messageCodec(TF).read(data).transforms[0].child_frame_id);
    // A late subscriber gets 16 messages, of which the new one is among what is kept.
    expect(children).toEqual(Array.from({ length: 15 }, (_, i) => `old${i + 5}`));
    expect(new Set(written.map(({ logTime }) => logTime))).toEqual(new Set([105n * SECOND]));
    expect(new Set(written.map(({ publishTime }) => publishTime))).toEqual(new Set([5n]));
  });

  it('ends its subscriptions', () => {
    const { fake, recorder } = setUp();
    expect(fake.subscribed).toEqual(TOPICS.map((each) => each.topic));
    recorder.close();
    expect(fake.subscribed).toEqual([]);
  });
});

it('the channels say the durability of latched topics, the definitions, and what the publish times are', () => {
  expect(channelsOf(TOPICS).map(({ schema: _, ...each }) => each)).toEqual([
    { topic: '/wrench', type: WRENCH, metadata: { publish_time: 'header' } },
    { topic: '/say', type: TEXT, metadata: { publish_time: 'middleware' } },
    { topic: '/tf_static', type: TF, durability: 'transient_local', metadata: { publish_time: 'middleware' } },
    { topic: '/command', type: WRENCH, metadata: { publish_time: 'header' } },
  ]);
});

it('the stamp of a header is read in both byte orders, and is none for zero, a time before the epoch, or too few bytes', () => {
  const little = messageCodec(WRENCH).write(wrench(12.25));
  expect(headerStamp(little)).toBe(12_250_000_000n);
  const big = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 12, 0x0e, 0xe6, 0xb2, 0x80);
  expect(headerStamp(big)).toBe(12_250_000_000n);
  expect(headerStamp(big.subarray(0, 11))).toBeUndefined();
  expect(headerStamp(Uint8Array.of(0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))).toBeUndefined();
  expect(headerStamp(Uint8Array.of(0, 1, 0, 0, 255, 255, 255, 255, 9, 0, 0, 0))).toBeUndefined();
});
