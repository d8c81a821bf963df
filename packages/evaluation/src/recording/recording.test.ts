import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@praxis/core';
import { afterAll, describe, expect, it } from 'vitest';
import { checkRecordTarget, recordingPath } from './record-target.ts';
import { FileSink } from './thread/file-sink.ts';

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
