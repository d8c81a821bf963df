import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@praxis/core';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { checkRecordTarget, recordingPath } from './record-target.ts';
import { FileSink } from './thread/file-sink.ts';
import { BatchBuilder, BatchReader } from './thread/message-batch.ts';

const folder = mkdtempSync(join(tmpdir(), 'praxis-sink-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the file of a recording', () => {
  it('is never overwritten unasked', () => {
    const path = join(folder, 'there.mcap');
    writeFileSync(path, 'mine');
    expect(() => new FileSink(path, 'refuse')).toThrow(`${path}: exists already, expected a new file or --overwrite`);
    expect(readFileSync(path, 'utf8')).toBe('mine');
    const sink = new FileSink(path, 'overwrite');
    sink.write(Buffer.from('new'));
    sink.close();
    expect(readFileSync(path, 'utf8')).toBe('new');
  });

  it('says in one line that the disk is full', () => {
    const sink = new FileSink('/dev/full', 'overwrite');
    expect(() => sink.write(new Uint8Array(10))).toThrow(InputError);
    expect(() => sink.write(new Uint8Array(10))).toThrow(
      /^\/dev\/full: cannot be written: ENOSPC: no space left on device/,
    );
    sink.close();
  });

  it('is one for an episode, or one of a folder for each', () => {
    const [first, second] = [
      { task: 'pick', seed: 7 },
      { task: 'sort', seed: 8 },
    ];
    expect(recordingPath({ path: 'a.mcap', existing: 'refuse' }, first)).toBe('a.mcap');
    expect(recordingPath({ path: 'runs', existing: 'refuse' }, first)).toBe(join('runs', 'pick-7.mcap'));
    expect(() => checkRecordTarget({ path: 'a.mcap', existing: 'refuse' }, [first, second])).toThrow(
      '--record a.mcap: 2 episodes, expected a folder, which gets one file each',
    );
    writeFileSync(join(folder, 'sort-8.mcap'), '');
    const target = { path: folder, existing: 'refuse' } as const;
    expect(() => checkRecordTarget(target, [first, second])).toThrow(/sort-8\.mcap: exists already/);
    expect(() => checkRecordTarget({ ...target, existing: 'overwrite' }, [first, second])).not.toThrow();
  });
});

it('messages cross to another thread in their order, small and large', () => {
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
