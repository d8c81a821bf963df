import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@praxis/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OutcomeStore } from './store.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'praxis-faults-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const header = { policy: 'p', sha256: 'a'.repeat(64) };
const outcome = (task: string, seed: number) => ({ task, seed, success: true });

describe('OutcomeStore', () => {
  it('finds again what was there before, by fault, task and seed', () => {
    const path = join(folder, 'new/faults.jsonl');
    const first = new OutcomeStore(path, header);
    first.add('policy_killed', outcome('pick', 1));
    first.add('none', outcome('sort', 2));
    const again = new OutcomeStore(path, header);
    expect(again.get('policy_killed', 'pick', 1)).toEqual(outcome('pick', 1));
    expect(again.get('none', 'sort', 2)).toEqual(outcome('sort', 2));
    expect(again.get('none', 'pick', 1)).toBeUndefined();
  });

  it('leaves out a line that was cut off when the run was killed', () => {
    const path = join(folder, 'cut.jsonl');
    new OutcomeStore(path, header).add('none', outcome('pick', 1));
    appendFileSync(path, '{"fault":"none","outcome":{"task":"pick","se');
    const again = new OutcomeStore(path, header);
    expect(again.get('none', 'pick', 1)).toBeDefined();
  });

  it('refuses results of another policy and files that are none of ours', () => {
    const path = join(folder, 'other.jsonl');
    new OutcomeStore(path, header);
    expect(() => new OutcomeStore(path, { policy: 'q', sha256: 'b'.repeat(64) })).toThrow(InputError);
    const strange = join(folder, 'strange.jsonl');
    writeFileSync(strange, 'hello\n');
    expect(() => new OutcomeStore(strange, header)).toThrow('expected results of praxis faults');
  });
});
