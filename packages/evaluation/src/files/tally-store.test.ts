import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { TallyStore } from './tally-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'praxis-kept-'));
afterAll(() => rmSync(folder, { recursive: true }));

const tally = { commands: 60, right: 58, delays: [0.1, 0.05] };
const of = (seed: number) => ({ command: 'praxis voice test', identity: { seed } });

describe('CountStore', () => {
  it('reads back tallies and their CPU time', () => {
    const path = join(folder, 'counts.json');
    let compute = 10;
    const first = new TallyStore<typeof tally>(path, of(1), () => compute);
    first.set('flite rms, clean', tally);
    compute = 14;
    first.set('flite rms, pink', tally);
    expect(first.computeS).toBe(14);
    compute = 0;
    const second = new TallyStore<typeof tally>(path, of(1), () => compute);
    expect(second.get('flite rms, pink')).toEqual(tally);
    expect(second.get('flite rms, motor')).toBeUndefined();
    second.set('flite rms, pink', tally);
    compute = 3;
    second.set('flite rms, motor', tally);
    expect(second.computeS).toBe(17);
  });

  it('rejects a file of another measurement, and a file that holds no results', () => {
    const path = join(folder, 'others.json');
    new TallyStore<typeof tally>(path, of(1), () => 0).set('flite rms', tally);
    expect(() => new TallyStore<typeof tally>(path, of(2), () => 0)).toThrow(
      /others\.json: results of another measurement/,
    );
    writeFileSync(path, 'none');
    expect(() => new TallyStore<typeof tally>(path, of(1), () => 0)).toThrow(
      /others\.json: expected results of praxis voice test/,
    );
  });
});
