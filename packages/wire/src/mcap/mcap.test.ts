import type { MessageDefinition } from '@foxglove/message-definition';
import { parse } from '@foxglove/rosmsg';
import { MessageReader } from '@foxglove/rosmsg2-serialization';
import { McapIndexedReader } from '@mcap/core';
import { assert, asyncProperty, integer } from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { messageCodec } from '../cdr/codec.ts';
import { definitionsOf, MESSAGE_TYPES } from '../definitions/definitions.ts';
import { decompressZstd, loadZstd } from '../zstd/zstd.ts';
import { bytesSource } from './byte-source.ts';
import { ChunkBuilder } from './chunk-builder.ts';
import { McapError } from './error.ts';
import { McapFileWriter } from './file-writer.ts';
import { McapFile } from './reader.ts';
import type { ReadMessage } from './records.ts';
import { ChunkRing } from './ring.ts';
import { joinDefinitions, schemaText } from './schema-text.ts';

beforeAll(() => loadZstd());

const channels = [
  { topic: '/wrench', type: 'geometry_msgs/msg/WrenchStamped' },
  { topic: '/instruction', type: 'std_msgs/msg/String', metadata: { stream: 'instruction' } },
];
const wrench = messageCodec('geometry_msgs/msg/WrenchStamped');
const text = messageCodec('std_msgs/msg/String');
const MILLISECOND = 1_000_000n;

/** A file with `count` wrenches a millisecond apart, in chunks of 20 ms. */
function recording(count: number, end: 'ended' | 'open' = 'ended'): Uint8Array {
  const parts: Uint8Array[] = [];
  const head = { channels, metadata: [{ name: 'praxis', values: { seed: '7' } }], library: 'praxis test' };
  const writer = new McapFileWriter({ write: (bytes) => parts.push(bytes.slice()) }, head);
  const builder = new ChunkBuilder({ bytes: 1e6, seconds: 0.02 });
  for (let i = 0; i < count; i++) {
    const logTime = BigInt(i + 2) * MILLISECOND;
    const header = { stamp: { sec: 0, nanosec: i * 1e6 }, frame_id: 'ft_sensor_link' };
    const force = { x: i, y: 0, z: -9.81 };
    const data = wrench.write({ header, wrench: { force, torque: { x: 0, y: 0, z: 0 } } });
    const chunk = builder.add({ channel: 0, logTime, publishTime: BigInt(i) * MILLISECOND, data });
    if (chunk) writer.addChunk(chunk);
  }
  const logTime = BigInt(count + 2) * MILLISECOND;
  const last = builder.add({ channel: 1, logTime, publishTime: 0n, data: text.write({ data: 'größer' }) });
  writer.addChunk(last ?? builder.finish()!);
  if (end === 'ended') writer.end();
  return Buffer.concat(parts);
}

async function read(bytes: Uint8Array): Promise<{ file: McapFile; messages: ReadMessage[] }> {
  const file = await McapFile.open(bytesSource('test.mcap', bytes));
  const messages: ReadMessage[] = [];
  for await (const message of file.messages()) messages.push(message);
  return { file, messages };
}

describe('MCAP files', () => {
  it('a channel has the definition that it gives for a type of its own, and the durability that is played', async () => {
    const parts: Uint8Array[] = [];
    const schema = joinDefinitions('Finger[2] fingers', [['grip_msgs/Finger', 'float64 width']]);
    const own = { topic: '/grip', type: 'grip_msgs/msg/Fingers', schema, durability: 'transient_local' } as const;
    const head = { channels: [own, ...channels], metadata: [], library: 'praxis test' };
    const writer = new McapFileWriter({ write: (bytes) => parts.push(bytes.slice()) }, head);
    writer.end();
    const [grip, force] = (await read(Buffer.concat(parts))).file.channels.values();
    expect(grip.schema).toEqual({ encoding: 'ros2msg', text: schema });
    const message = new MessageReader(parse(schema, { ros2: true })).readMessage(
      Uint8Array.from([0, 1, 0, 0, ...new Uint8Array(Float64Array.of(0.25, 0.5).buffer)]),
    );
    expect(message).toEqual({ fingers: [{ width: 0.25 }, { width: 0.5 }] });
    expect(grip.metadata.offered_qos_profiles).toContain('durability: 1\n');
    expect(force.metadata.offered_qos_profiles).toContain('durability: 2\n');
  });

  it('a message comes back with its two times, its sequence and its channel', async () => {
    const { file, messages } = await read(recording(100));
    expect(file).toMatchObject({ profile: 'ros2', library: 'praxis test', cut: undefined });
    expect(file.facts('praxis')).toEqual({ seed: '7' });
    expect(messages).toHaveLength(101);
    expect(messages[42]).toMatchObject({ sequence: 42, logTime: 44n * MILLISECOND, publishTime: 42n * MILLISECOND });
    expect(wrench.read(messages[42].data).wrench.force.x).toBe(42);
    expect(file.channels.get(messages[100].channelId)).toMatchObject({
      topic: '/instruction',
      type: 'std_msgs/msg/String',
      encoding: 'cdr',
      metadata: { stream: 'instruction' },
    });
    expect(text.read(messages[100].data)).toEqual({ data: 'größer' });
  });

  it("the indexed reader of @mcap/core reads every message, and foxglove's decoder reads them by their schemas", async () => {
    const bytes = recording(100);
    const reader = await McapIndexedReader.Initialize({
      readable: {
        size: async () => BigInt(bytes.length),
        read: async (offset, size) => bytes.subarray(Number(offset), Number(offset + size)),
      },
      decompressHandlers: { zstd: (buffer, size) => decompressZstd(buffer, Number(size)) },
    });
    expect(reader.header.profile).toBe('ros2');
    expect(reader.statistics).toMatchObject({ messageCount: 101n, channelCount: 2, schemaCount: 2, metadataCount: 1 });
    let count = 0;
    for await (const message of reader.readMessages({ validateCrcs: true })) {
      const { schemaId, metadata } = reader.channelsById.get(message.channelId)!;
      const schema = reader.schemasById.get(schemaId)!;
      expect(schema.encoding).toBe('ros2msg');
      expect(metadata.get('offered_qos_profiles')).toContain('reliability: 1');
      const definition = parse(new TextDecoder().decode(schema.data), { ros2: true });
      const decoded = new MessageReader(definition).readMessage<{ wrench?: { force: object } }>(message.data);
      if (count < 100) expect(decoded.wrench?.force).toEqual({ x: count, y: 0, z: -9.81 });
      count++;
    }
    expect(count).toBe(101);
  });

  it('the schema of every known type parses to the definition that it came from', () => {
    const layout = ({ definitions }: MessageDefinition) =>
      definitions.map(({ name, isArray = false, arrayLength, value }) => ({ name, isArray, arrayLength, value }));
    for (const type of MESSAGE_TYPES) {
      const [parsed] = parse(schemaText(type), { ros2: true });
      expect(layout(parsed), type).toEqual(layout(definitionsOf(type)[0]));
    }
    expect(schemaText('geometry_msgs/msg/WrenchStamped').split('\n').slice(0, 3)).toEqual([
      'std_msgs/Header header',
      'geometry_msgs/Wrench wrench',
      '='.repeat(80),
    ]);
    expect(schemaText('std_msgs/msg/Header')).toContain('builtin_interfaces/Time stamp');
  });

  it('a file that is cut off at any byte opens with every whole chunk, or says at which byte it ends', async () => {
    const whole = recording(100, 'open');
    const { file } = await read(whole);
    expect(file.cut).toEqual({ offset: whole.length, lostBytes: 0, reason: 'no index stands at its end' });
    const chunkEnds = file.chunks.map(({ records, recordsLength }) => records + recordsLength);
    await assert(
      asyncProperty(integer({ min: 0, max: whole.length - 1 }), async (length) => {
        const cut = await read(whole.subarray(0, length)).catch((error: unknown) => error);
        if (cut instanceof McapError) {
          expect(length).toBeLessThan(100);
          expect(cut.message).toMatch(/^test\.mcap: .*\(byte \d+\)$/);
          return;
        }
        const { messages, file: short } = cut as Awaited<ReturnType<typeof read>>;
        expect(short.cut!.offset + short.cut!.lostBytes).toBe(length);
        const chunks = chunkEnds.filter((end) => end <= length).length;
        expect(short.chunks).toHaveLength(chunks);
        expect(messages.length).toBe(chunks === chunkEnds.length ? 101 : Math.min(21 * chunks, 100));
      }),
    );
  });

  it('no changed byte goes through: the file is refused with an offset, or every message is as it was', async () => {
    const whole = recording(60);
    const { messages } = await read(whole);
    await assert(
      asyncProperty(integer({ min: 0, max: whole.length - 1 }), integer({ min: 1, max: 255 }), async (at, change) => {
        const damaged = whole.slice();
        damaged[at] ^= change;
        const outcome = await read(damaged).catch((error: unknown) => error);
        if (outcome instanceof McapError) expect(outcome.offset).toBeLessThanOrEqual(whole.length);
        else if (outcome instanceof Error) throw outcome;
        else {
          const { messages: found } = outcome as { messages: ReadMessage[] };
          expect(found.map(({ data }) => data)).toEqual(messages.slice(0, found.length).map(({ data }) => data));
        }
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['an empty file', '', 'test.mcap: empty, expected an MCAP file (byte 0)'],
    ['another format', '#ROSBAG V2.0\n', 'test.mcap: no MCAP file: it starts with 23 52 4f 53 42 41 47 20 (byte 0)'],
    ['the start of its magic bytes', '\x89MCA', 'test.mcap: cut off within its first 8 bytes (byte 4)'],
    ['its magic bytes alone', '\x89MCAP0\r\n', 'test.mcap: cut off before its header (byte 8)'],
  ])('%s is refused in one line', async (_, content, message) => {
    await expect(McapFile.open(bytesSource('test.mcap', Buffer.from(content, 'latin1')))).rejects.toThrow(message);
  });

  it('a damaged chunk is named by its offset', async () => {
    const bytes = recording(60);
    const { file } = await read(bytes);
    const { records, recordsLength, offset } = file.chunks[1];
    bytes[records + Math.floor(recordsLength / 2)] ^= 1;
    await expect(read(bytes)).rejects.toThrow(new RegExp(`a damaged chunk: .* \\(byte ${offset}\\)$`));
  });

  it('several callers read the messages at the same time, each in its own order', async () => {
    const parts: Uint8Array[] = [];
    const writer = new McapFileWriter(
      { write: (bytes) => parts.push(bytes.slice()) },
      { channels, metadata: [], library: 'praxis test' },
    );
    const builder = new ChunkBuilder({ bytes: 20_000, seconds: 60 });
    // Noise, which zstd does not make smaller: the chunks lie in several pieces of the file.
    let state = 1;
    const noise = (): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state;
    };
    const texts = Array.from({ length: 200 }, (_, i) => `${i} ${Array.from({ length: 1000 }, noise).join('')}`);
    for (const [i, data] of texts.entries()) {
      const chunk = builder.add({ channel: 1, logTime: BigInt(i), publishTime: 0n, data: text.write({ data }) });
      if (chunk) writer.addChunk(chunk);
    }
    writer.addChunk(builder.finish()!);
    writer.end();
    const source = bytesSource('noise.mcap', Buffer.concat(parts));
    expect(source.size).toBeGreaterThan(600_000);
    // A disk answers later, and not in the order in which it was asked.
    const slow = {
      ...source,
      async read(offset: number, length: number): Promise<Uint8Array> {
        await new Promise((resolve) => setTimeout(resolve, noise() % 3));
        return source.read(offset, length);
      },
    };
    const file = await McapFile.open(slow);
    const textsOf = async (chunks: McapFile['chunks']): Promise<string[]> => {
      const found: string[] = [];
      for await (const { data } of file.messages(chunks)) found.push(text.read(data).data);
      return found;
    };
    const [forwards, backwards, again] = await Promise.all([
      textsOf(file.chunks),
      textsOf(file.chunks.toReversed()),
      textsOf(file.chunks),
    ]);
    expect(forwards).toEqual(texts);
    expect(again).toEqual(texts);
    expect(backwards.toSorted()).toEqual(texts.toSorted());
  });

  it('a ring keeps the newest seconds, and never more bytes than it may', () => {
    const ring = new ChunkRing({ seconds: 0.1, bytes: 1e6 });
    const small = new ChunkRing({ seconds: 100, bytes: 5000 });
    const builder = new ChunkBuilder({ bytes: 1e6, seconds: 0.02 });
    for (let i = 0; i < 1000; i++) {
      const time = BigInt(i) * MILLISECOND;
      const chunk = builder.add({ channel: 0, logTime: time, publishTime: time, data: new Uint8Array(40) });
      if (!chunk) continue;
      ring.addChunk(chunk);
      small.addChunk(chunk);
      expect(small.bytes).toBeLessThanOrEqual(5000);
    }
    const { chunks } = ring;
    expect(Number(chunks.at(-1)!.endTime - chunks[0].endTime) / 1e6).toBeGreaterThan(80);
    expect(Number(chunks.at(-1)!.endTime - chunks[0].endTime) / 1e6).toBeLessThanOrEqual(100);
    expect(small.chunks.length).toBeGreaterThan(2);
  });

  it.each(['zstd', ''] as const)('a chunk with the compression "%s" is read', async (compression) => {
    const parts: Uint8Array[] = [];
    const head = { channels, metadata: [], library: 'praxis test' };
    const writer = new McapFileWriter({ write: (bytes) => parts.push(bytes.slice()) }, head);
    const builder = new ChunkBuilder();
    builder.compression = compression;
    const data = text.write({ data: 'red '.repeat(100) });
    builder.add({ channel: 1, logTime: 1n, publishTime: 1n, data });
    writer.addChunk(builder.finish()!);
    const { file, messages } = await read(Buffer.concat(parts));
    expect(file.chunks).toMatchObject([{ compression }]);
    expect(file.chunks[0].recordsLength < 200).toBe(compression === 'zstd');
    expect(messages.map((each) => [...each.data])).toEqual([[...data]]);
  });
});
