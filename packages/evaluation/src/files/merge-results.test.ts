import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@praxis/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mergeResults } from './merge-results.ts';
import { ResultStore } from './result-store.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'praxis-merge-results-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes the state file of a shard and returns its path. */
function shardFile(name: string, identity: object, results: readonly string[]): string {
  const path = join(folder, name);
  const store = new ResultStore<{ readonly of: string }>(path, { command: 'praxis faults', identity });
  for (const each of results) store.set(each, { of: each });
  return path;
}

describe('state files of shards', () => {
  it('make the state file of one run, in any order', () => {
    const one = shardFile('1', { policy: 'p', shard: '1/2' }, ['a', 'c']);
    const two = shardFile('2', { policy: 'p', shard: '2/2' }, ['b']);
    const out = join(folder, 'merged.jsonl');
    expect(mergeResults([two, one], out)).toEqual({ command: 'praxis faults', results: 3 });
    const store = new ResultStore(out, { command: 'praxis faults', identity: { policy: 'p' } });
    expect(['a', 'b', 'c', 'd'].map((name) => store.get(name))).toEqual([
      { of: 'a' },
      { of: 'b' },
      { of: 'c' },
      undefined,
    ]);
  });

  it.each<[string, readonly [object, readonly string[]][], RegExp]>([
    ['a missing shard', [[{ shard: '1/2' }, []]], /^missing is shard 2\/2$/],
    [
      'a doubled shard',
      [
        [{ shard: '1/2' }, []],
        [{ shard: '1/2' }, []],
      ],
      /^shard 1\/2 is there twice: .*0 and .*1$/,
    ],
    [
      'another policy',
      [
        [{ policy: 'p', shard: '1/2' }, []],
        [{ policy: 'q', shard: '2/2' }, []],
      ],
      /1: shard of another measurement than .*0: policy "q", not "p"$/,
    ],
    [
      'one result twice',
      [
        [{ shard: '1/2' }, ['a']],
        [{ shard: '2/2' }, ['a']],
      ],
      /1: result a is in .*0 too$/,
    ],
    ['the results of a whole run', [[{}, []]], /0: holds all results of praxis faults, expected a shard/],
  ])('are refused with %s, and nothing is written', (name, shards, message) => {
    const paths = shards.map(([identity, results], i) => shardFile(`${name} ${i}`, identity, results));
    const out = join(folder, `${name}.jsonl`);
    expect(() => mergeResults(paths, out)).toThrow(message);
    expect(() => mergeResults(paths, out)).toThrow(InputError);
    expect(existsSync(out)).toBe(false);
  });
});
