import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BatchBuilder, BatchReader, type MessageBatch } from './message-batch.ts';

const size = fc.integer({ min: 0, max: 40_000 });
const step = fc.oneof(fc.record({ size, shared: fc.boolean() }), fc.constant('send' as const));

describe('batches of messages', () => {
  it('come out on the other thread as they went in, whatever is shared, packed or handed over', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const [builder, reader] = [new BatchBuilder(), new BatchReader()];
        const pool = [new SharedArrayBuffer(40_000), new SharedArrayBuffer(50_000)];
        let sent: { channel: number; logTime: bigint; publishTime: bigint; data: number[] }[] = [];
        const shares: SharedArrayBuffer[] = [];
        steps.forEach((each, n) => {
          if (each === 'send') {
            const { batch, transfer } = builder.finish();
            shares.push(...buffersOf(batch));
            // As between threads: what is shared stays the same memory, what is transferred is gone here.
            const got = [...reader.messagesOf(structuredClone(batch, { transfer: transfer as ArrayBuffer[] }))];
            expect(got.map(({ data, ...head }) => ({ ...head, data: [...data] }))).toEqual(sent);
            sent = [];
            return;
          }
          // Memory that was not read yet is not written again.
          if (each.shared && sent.length > 0) return;
          const buffer = each.shared ? pool[n % 2] : new ArrayBuffer(each.size);
          const data = new Uint8Array(buffer, 0, each.size).fill(n);
          const head = { channel: n, logTime: BigInt(n), publishTime: BigInt(2 * n) };
          builder.add({ ...head, data });
          sent.push({ ...head, data: Array(each.size).fill(n) });
        });
        expect(new Set(shares).size).toBe(shares.length);
      }),
    );
  });

  it('cross to another thread in their order, small and large', () => {
    const message = fc.record({
      channel: fc.nat(65_535),
      logTime: fc.bigInt({ min: 0n, max: 2n ** 63n }),
      publishTime: fc.bigInt({ min: 0n, max: 2n ** 63n }),
      data: fc.oneof(
        fc.uint8Array({ maxLength: 60 }),
        fc.constantFrom(16_384, 40_000).map((size) => new Uint8Array(size).fill(size & 255)),
      ),
    });
    fc.assert(
      fc.property(fc.array(fc.array(message, { maxLength: 8 }), { maxLength: 4 }), (batches) => {
        const builder = new BatchBuilder();
        for (const messages of batches) {
          for (const each of messages) builder.add({ ...each, data: each.data.slice() });
          const { batch } = builder.finish();
          expect(batch.bytes).toBe(messages.reduce((sum, { data }) => sum + data.length, 0));
          const found = [...new BatchReader().messagesOf(batch)];
          expect(found.map(({ channel, logTime, publishTime }) => [channel, logTime, publishTime])).toEqual(
            messages.map(({ channel, logTime, publishTime }) => [channel, logTime, publishTime]),
          );
          expect(found.every(({ data }, i) => Buffer.compare(data, messages[i].data) === 0)).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });
});

/** The shared buffers that a batch brings. */
const buffersOf = ({ parts }: MessageBatch): SharedArrayBuffer[] =>
  parts.flatMap((part) => ('shared' in part && part.buffer ? [part.buffer] : []));
