import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { keptIn } from './kept.ts';
import type { Tally } from './measure.ts';

const folder = mkdtempSync(join(tmpdir(), 'praxis-kept-'));
afterAll(() => rmSync(folder, { recursive: true }));

const tally: Tally = {
  ...{ commands: 60, right: 58, wrong: 1, errors: 3, words: 240, chatter: 30, chatterAccepted: 0 },
  ...{ stops: 12, falseStops: 1, otherSeconds: 270, seconds: 300, utterances: 102, delays: [0.1, 0.05] },
};

describe('keptIn', () => {
  it('finds again what was counted, and what it took', () => {
    const path = join(folder, 'counts.json');
    let compute = 10;
    const first = keptIn(path, 'seed 1', () => compute);
    first.set('somebody, clean', tally);
    compute = 14;
    first.set('somebody, pink', tally);
    expect(first.compute).toBe(14);
    compute = 0;
    const second = keptIn(path, 'seed 1', () => compute);
    expect(second.get('somebody, pink')).toEqual(tally);
    expect(second.get('somebody, motor')).toBeUndefined();
    second.set('somebody, pink', tally);
    compute = 3;
    second.set('somebody, motor', tally);
    expect(second.compute).toBe(17);
  });

  it('refuses counts of another measurement, and what is none', () => {
    const path = join(folder, 'others.json');
    keptIn(path, 'seed 1', () => 0).set('somebody', tally);
    expect(() => keptIn(path, 'seed 2', () => 0)).toThrow(/others\.json: counts of another measurement/);
    writeFileSync(path, 'none');
    expect(() => keptIn(path, 'seed 1', () => 0)).toThrow(/others\.json: expected what an earlier run/);
  });
});
