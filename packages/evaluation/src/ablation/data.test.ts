import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseDataSource, readAblationData } from './data.ts';

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'praxis-ablation-data-'));
});
afterAll(() => rmSync(scratch, { recursive: true }));

const shard = (task: string, records: number, episodes: number) => ({
  ...{ file: `${task}.bin`, task, records, episodes: Array.from({ length: episodes }, (_, seed) => ({ seed })) },
});

function folder(name: string, content: unknown, ...files: readonly string[]): string {
  const path = join(scratch, name);
  mkdirSync(path);
  writeFileSync(join(path, 'dataset.json'), typeof content === 'string' ? content : JSON.stringify(content));
  for (const file of files) writeFileSync(join(path, file), '');
  return path;
}

describe('demonstrations of an ablation', () => {
  it('are read with their weight, tasks, sizes and robot', () => {
    const fields = [{ name: 'images.front' }, { name: 'wrench' }];
    const shards = [shard('sort', 30, 2), shard('pick', 12, 1), shard('press', 0, 0)];
    const robot = { name: 'praxis_arm' };
    const path = folder(
      'both',
      { format: 'praxis-demos/1', fields, shards, robot },
      'sort.bin',
      'pick.bin',
      'press.bin',
    );
    expect(readAblationData(`${path}:1.5`)).toMatchObject({
      ...{ path, weight: 1.5, tasks: ['pick', 'sort'], episodes: 3, records: 42, wrench: true, robot: 'praxis_arm' },
    });
  });

  it('have a weight after the last colon, when a number stands there', () => {
    expect(parseDataSource('data/pick')).toEqual({ path: 'data/pick', weight: 1 });
    expect(parseDataSource('data/pick:2')).toEqual({ path: 'data/pick', weight: 2 });
    expect(parseDataSource('disk:data')).toEqual({ path: 'disk:data', weight: 1 });
  });

  it('are refused in one line that names what is wrong', () => {
    const known = { format: 'praxis-demos/1', fields: [], shards: [] };
    const wrong: readonly (readonly [string, RegExp])[] = [
      [join(scratch, 'nowhere'), /nowhere: is no folder, expected demonstrations that/],
      [scratch, /has no dataset\.json/],
      [folder('text', 'no'), /dataset\.json is not JSON/],
      [folder('lerobot', { codebase_version: 'v3.0' }), /has the format none/],
      [folder('empty', known), /has no records/],
      [folder('part', { ...known, shards: [shard('pick', 3, 1)] }), /pick\.bin is missing/],
    ];
    for (const [path, message] of wrong) expect(() => readAblationData(path)).toThrow(message);
  });
});
