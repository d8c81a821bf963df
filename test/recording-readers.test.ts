import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from '@foxglove/rosmsg';
import { MessageReader } from '@foxglove/rosmsg2-serialization';
import { McapIndexedReader } from '@mcap/core';
import { bytesSource, loadZstd, McapFile, type ReadMessage } from '@praxis/wire/mcap';
import { beforeAll, describe, expect, it } from 'vitest';
import { decompress } from '../packages/wire/src/mcap/compression.ts';

// scripts/mcap/corpus.ts writes the files, but for lz4.mcap, which Python's mcap made of zstd.mcap (scripts/mcap/rewrite-lz4.py).
// expected.json is what Python's mcap and rosbags find in them, which scripts/mcap/check-readers.sh compares anew.
const corpus = (name: string): Uint8Array =>
  readFileSync(fileURLToPath(new URL(`./recordings/corpus/${name}`, import.meta.url)));
interface Topic {
  type: string;
  messages: number;
  sum: number;
}
const expected = JSON.parse(Buffer.from(corpus('expected.json')).toString()) as Record<string, Topic>;

/** The fields of messages of which numbers are summed, by the type's name. */
interface Fields {
  readonly [field: string]: unknown;
  readonly data: ArrayLike<number> | string;
  readonly position: ArrayLike<number>;
  readonly velocity: ArrayLike<number>;
  readonly twist: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
  readonly stamps: ArrayLike<number>;
  readonly gripper_width: number;
  readonly time: number;
  readonly width: number;
  readonly height: number;
  readonly blocks: readonly { readonly data: ArrayLike<number> }[];
  readonly wrench: Readonly<Record<'force' | 'torque', Readonly<Record<'x' | 'y' | 'z', number>>>>;
}

const list = (values: unknown): readonly number[] => [...(values as Iterable<number>)];
const NUMBERS: Readonly<Record<string, (fields: Fields) => readonly number[]>> = {
  WrenchStamped: ({ wrench: { force, torque } }) => [force, torque].flatMap(({ x, y, z }) => [x, y, z]),
  JointState: ({ position, velocity }) => [...list(position), ...list(velocity)],
  Image: ({ data, width, height }) => [data.length, width, height],
  Period: ({ time, stamps }) => [time, ...list(stamps)],
  Command: ({ position, gripper_width, twist }) => [...list(position), gripper_width, ...list(twist)],
  Vector: ({ data }) => list(data),
  ActionChunk: ({ blocks }) => blocks.flatMap(({ data }) => list(data)),
  Gates: ({ weights }) => list(weights),
  String: ({ data }) => [data.length],
};

/** Counts and sums by topic, as `read-recordings.py` makes them. */
class Topics {
  readonly found: Record<string, Topic> = {};
  readonly #decoders = new Map<string, MessageReader>();

  add(topic: string, type: string, schema: string, data: Uint8Array): void {
    let decoder = this.#decoders.get(type);
    if (!decoder) {
      decoder = new MessageReader(parse(schema, { ros2: true }));
      this.#decoders.set(type, decoder);
    }
    const fields = decoder.readMessage<Fields>(data);
    this.found[topic] ??= { type, messages: 0, sum: 0 };
    const entry = this.found[topic];
    entry.messages++;
    for (const value of NUMBERS[type.split('/').at(-1)!]?.(fields) ?? []) entry.sum += value;
  }

  expectAll(): void {
    const close = Object.entries(expected).map(([topic, { sum, ...rest }]) => [
      topic,
      { ...rest, sum: expect.closeTo(sum, 9) },
    ]);
    expect(this.found).toEqual(Object.fromEntries(close));
  }
}

async function read(name: string): Promise<{ file: McapFile; messages: ReadMessage[] }> {
  const file = await McapFile.open(bytesSource(name, corpus(name)));
  const messages: ReadMessage[] = [];
  for await (const message of file.messages()) messages.push(message);
  return { file, messages };
}

beforeAll(() => loadZstd());

describe('the corpus of recordings', () => {
  it.each(['zstd.mcap', 'lz4.mcap', 'uncompressed.mcap'])(
    "%s is read by @mcap/core's indexed reader and foxglove's decoder as by Python's readers",
    async (name) => {
      const bytes = corpus(name);
      const reader = await McapIndexedReader.Initialize({
        readable: {
          size: async () => BigInt(bytes.length),
          read: async (offset, size) => bytes.subarray(Number(offset), Number(offset + size)),
        },
        decompressHandlers: {
          zstd: (buffer, size) => decompress(buffer, 'zstd', Number(size)),
          lz4: (buffer, size) => decompress(buffer, 'lz4', Number(size)),
        },
      });
      const topics = new Topics();
      for await (const { channelId, data } of reader.readMessages({ validateCrcs: true })) {
        const { topic, schemaId } = reader.channelsById.get(channelId)!;
        const schema = reader.schemasById.get(schemaId)!;
        topics.add(topic, schema.name, new TextDecoder().decode(schema.data), data);
      }
      topics.expectAll();
    },
  );

  it.each([
    ['zstd.mcap', 'zstd'],
    ['lz4.mcap', 'lz4'],
    ['uncompressed.mcap', ''],
    ['no-index.mcap', 'zstd'],
  ])('%s is read whole by our own reader', async (name, compression) => {
    const { file, messages } = await read(name);
    expect(file.chunks.length).toBeGreaterThan(2);
    expect(file.chunks.filter((chunk) => chunk.compression !== compression)).toEqual([]);
    const topics = new Topics();
    for (const { channelId, data } of messages) {
      const { topic, type, schema } = file.channels.get(channelId)!;
      topics.add(topic, type, schema.text, data);
    }
    topics.expectAll();
    expect(file.facts('praxis')).toEqual({ task: 'corpus', note: 'Größe, 力' });
    expect(file.cut?.reason).toBe(name === 'no-index.mcap' ? 'no index stands at its end' : undefined);
  });

  it('a file that was cut off has the beginning of the whole one', async () => {
    const [whole, { file, messages }] = [await read('no-index.mcap'), await read('cut.mcap')];
    expect(file.cut!.offset + file.cut!.lostBytes).toBe(corpus('cut.mcap').length);
    expect(messages.length).toBeGreaterThan(100);
    expect(messages.length).toBeLessThan(whole.messages.length);
    for (const [i, { data }] of messages.entries()) expect(Buffer.compare(data, whole.messages[i].data)).toBe(0);
  });

  it.each([
    ['empty.mcap', 'empty.mcap: empty, expected an MCAP file (byte 0)'],
    ['foreign.mcap', /^foreign\.mcap: no MCAP file: it starts with 23 52 .* \(byte 0\)$/],
  ])('%s is refused in one line', async (name, message) => {
    await expect(read(name)).rejects.toThrow(message);
  });
});
