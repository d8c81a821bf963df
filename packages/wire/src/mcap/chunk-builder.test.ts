import { crc32 } from '@foxglove/crc';
import { McapChunkBuilder, McapRecordBuilder } from '@mcap/core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadZstd } from '../zstd/zstd.ts';
import { ChunkBuilder, type McapChunk } from './chunk-builder.ts';
import { type Compression, compress } from './compression.ts';

const message = fc.record({
  channel: fc.nat(3),
  logTime: fc.bigInt(0n, 400_000_000n),
  publishTime: fc.bigInt(0n, 2n ** 63n),
  data: fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc.nat(200_000).map((length) => new Uint8Array(length).fill(7)),
  ),
});

describe('a chunk', () => {
  beforeAll(loadZstd);

  it('has the bytes that the builders of @mcap/core make of the same messages, also after longer and shorter ones', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(message, { minLength: 1 }), { maxLength: 4 }),
        fc.constantFrom<Compression>('', 'zstd'),
        (chunks, compression) => {
          const builder = new ChunkBuilder({ bytes: 1e9, seconds: 1e9 });
          builder.compression = compression;
          const sequences = new Map<number, number>();
          const made: { chunk: McapChunk; expected: Buffer }[] = chunks.map((messages) => {
            const other = new McapChunkBuilder({ useMessageIndex: true });
            for (const { channel, ...each } of messages) {
              expect(builder.add({ channel, ...each })).toBeUndefined();
              const sequence = sequences.get(channel) ?? 0;
              sequences.set(channel, sequence + 1);
              other.addMessage({ channelId: channel + 1, sequence, ...each });
            }
            const records = new McapRecordBuilder();
            const { buffer } = other;
            records.writeChunk({
              messageStartTime: other.messageStartTime,
              messageEndTime: other.messageEndTime,
              uncompressedSize: BigInt(buffer.length),
              uncompressedCrc: crc32(buffer),
              compression,
              records: compress(buffer, compression),
            });
            for (const index of other.indices) records.writeMessageIndex(index);
            return { chunk: builder.finish()!, expected: Buffer.from(records.buffer) };
          });
          // Earlier chunks keep their bytes while later ones are made.
          for (const { chunk, expected } of made)
            expect(Buffer.concat([chunk.head, chunk.records, chunk.indexes]).equals(expected)).toBe(true);
          expect(builder.finish()).toBeUndefined();
        },
      ),
      { numRuns: 60 },
    );
  });
});
