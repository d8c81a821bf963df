import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@praxis/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ResultStore } from './result-store.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'praxis-faults-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const measurement = {
  command: 'praxis faults',
  identity: { policy: 'p', sha256: 'a'.repeat(64), model: undefined },
  restartHint: '--fresh starts over',
};
const open = (path: string | undefined) => new ResultStore<{ success: boolean }>(path, measurement);
const outcome = { success: true };

describe('ResultStore', () => {
  it('reads back results by name', () => {
    const path = join(folder, 'new/faults.jsonl');
    const first = open(path);
    first.set('policy_killed pick 1', outcome);
    first.set('none sort 2', outcome);
    const again = open(path);
    expect(again.get('policy_killed pick 1')).toEqual(outcome);
    expect(again.get('none sort 2')).toEqual(outcome);
    expect(again.get('none pick 1')).toBeUndefined();
  });

  it('keeps the later of two results with one name', () => {
    const path = join(folder, 'twice.jsonl');
    const first = open(path);
    first.set('a', { success: true });
    first.set('a', { success: false });
    expect(open(path).all()).toEqual([{ success: false }]);
  });

  it('skips an incomplete last line, as a killed run leaves it', () => {
    const path = join(folder, 'cut.jsonl');
    open(path).set('none pick 1', outcome);
    appendFileSync(path, '{"name":"none pick 2","result":{"su');
    const again = open(path);
    expect(again.get('none pick 1')).toBeDefined();
    again.set('none pick 3', outcome);
    expect(open(path).all()).toHaveLength(2);
  });

  it('rejects results of another policy or command, and files without results', () => {
    const path = join(folder, 'other.jsonl');
    open(path);
    const other = { ...measurement, identity: { ...measurement.identity, policy: 'q' } };
    expect(() => new ResultStore(path, other)).toThrow(InputError);
    expect(() => new ResultStore(path, other)).toThrow(
      'other.jsonl: results of another measurement: policy "p", not "q"; --fresh starts over',
    );
    expect(() => new ResultStore(path, { ...measurement, command: 'praxis voice test' })).toThrow(InputError);
    const strange = join(folder, 'strange.jsonl');
    writeFileSync(strange, 'hello\n');
    expect(() => open(strange)).toThrow('expected results of praxis faults');
  });

  it('keeps results in memory without a file', () => {
    const store = open(undefined);
    store.set('a', outcome);
    expect(store.get('a')).toEqual(outcome);
  });
});
