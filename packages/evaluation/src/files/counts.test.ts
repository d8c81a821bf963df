import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CountStore } from './counts.ts';

const folder = mkdtempSync(join(tmpdir(), 'praxis-kept-'));
afterAll(() => rmSync(folder, { recursive: true }));

const tally = { commands: 60, right: 58, delays: [0.1, 0.05] };
const of = (seed: number) => ({ command: 'praxis voice test', identity: { seed } });

describe('CountStore', () => {
  it('finds again what was counted, and what it took', () => {
    const path = join(folder, 'counts.json');
    let compute = 10;
    const first = new CountStore<typeof tally>(path, of(1), () => compute);
    first.set('somebody, clean', tally);
    compute = 14;
    first.set('somebody, pink', tally);
    expect(first.compute).toBe(14);
    compute = 0;
    const second = new CountStore<typeof tally>(path, of(1), () => compute);
    expect(second.get('somebody, pink')).toEqual(tally);
    expect(second.get('somebody, motor')).toBeUndefined();
    second.set('somebody, pink', tally);
    compute = 3;
    second.set('somebody, motor', tally);
    expect(second.compute).toBe(17);
  });

  it('refuses counts of another measurement, and what is none', () => {
    const path = join(folder, 'others.json');
    new CountStore<typeof tally>(path, of(1), () => 0).set('somebody', tally);
    expect(() => new CountStore<typeof tally>(path, of(2), () => 0)).toThrow(
      /others\.json: counts of another measurement/,
    );
    writeFileSync(path, 'none');
    expect(() => new CountStore<typeof tally>(path, of(1), () => 0)).toThrow(
      /others\.json: expected results of praxis voice test/,
    );
  });
});
