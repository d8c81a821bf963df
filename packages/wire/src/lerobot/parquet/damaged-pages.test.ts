import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { execArgvOf, moduleBeside } from '@praxis/core';
import fc from 'fast-check';
import { ByteWriter, parquetWrite } from 'hyparquet-writer';
import { afterAll, describe, expect, it } from 'vitest';
import { MemoryDataset } from '../../testing/memory-dataset.ts';
import { writeV2Dataset } from '../../testing/v2-dataset.ts';
import { columnSchema } from './columns.ts';
import { tableSchema } from './table-writer.ts';

/** A table of a few kilobytes is read within milliseconds (ms). */
const LIMIT_MS = 10_000;

/** Reads tables in a thread of its own, which ends when one is not read in time. */
class ReadingThread {
  #worker: Worker | undefined;

  async read(bytes: Uint8Array): Promise<string> {
    const module = moduleBeside('../../testing/read-table-worker', import.meta.url);
    this.#worker ??= new Worker(module, { execArgv: execArgvOf(module) });
    const worker = this.#worker;
    const answer = once(worker, 'message', { signal: AbortSignal.timeout(LIMIT_MS) });
    worker.postMessage(bytes);
    try {
      return String((await answer)[0]);
    } catch (cause) {
      await this.close();
      throw new Error(`not read within ${LIMIT_MS} ms`, { cause });
    }
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = undefined;
  }
}

const thread = new ReadingThread();
afterAll(() => thread.close());

/** One column of 20 numbers without compression: its page is behind the four letters at the start of the file. */
function smallTable(): Uint8Array {
  const writer = new ByteWriter();
  const schema = columnSchema('a', 'float64');
  const values = Array.from({ length: 20 }, (_, i) => i / 2);
  void parquetWrite({
    writer,
    schema: [...tableSchema([{ name: 'a', schema, values }])],
    columnData: [{ name: 'a', data: values, encoding: 'PLAIN' }],
    ...{ codec: 'UNCOMPRESSED', statistics: false },
  });
  return writer.getBytes().slice();
}

/** The table with other bytes from `at` on. */
const changed = (bytes: Uint8Array, at: number, ...values: number[]): Uint8Array => {
  const out = bytes.slice();
  out.set(values, at);
  return out;
};

describe('a damaged table', () => {
  const table = smallTable();
  // The header: type 3, two sizes of two bytes each, then within field 8 num_values, num_nulls, num_rows, the encoding and the bytes of both levels.
  const [size, count, definitionBytes] = [10, 14, 22];
  const sizes = [21, ...table.subarray(7, 9), 21, ...table.subarray(size, size + 2)];
  const header = [21, 6, ...sizes, 92, 21, 40, 21, 0, 21, 40, 21, 0, 21, 4, 21, 0, 0, 0];

  it('is whole at first', async () => {
    // Behind it there is one run of 20 levels, each 1.
    expect([...table.subarray(4, 29)]).toEqual([...header, 40, 1]);
    expect(await thread.read(table)).toBe('20 rows');
  });

  it.each([
    // The reader would go back and read this page again, for ever.
    [size, [0x81, 0x02], /byte 4: damaged page: compressed_page_size is -\d+, expected 0 to \d+$/],
    // Without a size, each offset would be no number.
    [size - 1, [0x55], /byte 4: damaged page: compressed_page_size is undefined, expected 0 to/],
    [size, [0xfe, 0x7f], /byte 4: damaged page: compressed_page_size is 8191, expected 0 to/],
    [count, [39], /byte 4: damaged page: num_values is -20, expected 0 to 20$/],
    [count, [38], /byte 4: damaged page: a run of 20 values, expected at most 19$/],
    [5, [8], /byte 4: damaged page: type 4, expected a page of data or a dictionary$/],
  ])('with other bytes at %i (%j) is refused with file, column and offset', async (at, bytes, message) => {
    const text = await thread.read(changed(table, at, ...bytes));
    expect(text).toMatch(/^table: cannot be read: column a: /);
    expect(text).toMatch(message);
  });

  it('whose runs have more values than the page is refused', async () => {
    // A run of 20 levels becomes one of a thousand million.
    const text = await thread.read(changed(table, definitionBytes, 12, 21, 0, 0, 0, 0xfe, 0xff, 0xff, 0xff, 0x07, 1));
    expect(text).toMatch(/byte 4: damaged page: a run of 1073741823 values, expected at most 20$/);
  });

  it('with any bytes changed is read or refused in one line, in time', async () => {
    const memory = new MemoryDataset();
    writeV2Dataset(memory, { lengths: [40], picture: (episode, frame) => Uint8Array.of(1, 2, episode, frame) });
    const whole = memory.files.get('data/chunk-000/episode_000000.parquet')!;
    const change = fc.record({
      at: fc.nat(whole.length - 1),
      byte: fc.oneof(fc.constantFrom(0, 1, 127, 128, 255), fc.nat(255)),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const bytes = whole.slice();
        for (const { at, byte } of changes) bytes[at] = byte;
        expect(await thread.read(bytes)).toMatch(/^(\d+ rows|table: [^\n]+)$/);
      }),
      { numRuns: 1000 },
    );
  });
});
