import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { needs, POCKETSPHINX, SHIPPED_POLICY } from './needs.ts';
import { praxis } from './run-praxis.ts';

const scratch = mkdtempSync(join(tmpdir(), 'praxis-voice-episodes-'));
afterAll(() => rmSync(scratch, { recursive: true }));

describe('praxis voice episodes', needs(SHIPPED_POLICY), () => {
  const [state, page] = [join(scratch, 'state.json'), join(scratch, 'page.md')];
  const args = ['voice', 'episodes', '--voices', 'flite rms', '--decibels', '40', '--json'];

  it('continues after Ctrl-C and reports the cost of speech', needs(POCKETSPHINX), async () => {
    const two = [...args, '--workers', '1', '--episodes', '2', '--resume', state, '--out', page];
    const first = await praxis(two, /episodes 1\/\d/);
    expect([first.status, first.out]).toEqual([130, '{"partial":true}\n']);
    const second = await praxis(two);
    expect(second.status, second.err).toBe(0);
    expect(second.err).not.toContain('listening');
    const report = JSON.parse(second.out);
    expect(report).toMatchObject({ task: 'pick', seed: 2_000_000, decibels: 40, voices: ['flite rms'], episodes: 2 });
    expect(report.text.successes).toBeGreaterThanOrEqual(1);
    const { text, speech, understood } = report;
    expect(report.difference_points).toBe(50 * (text.successes - speech.successes));
    expect(Object.values(understood).reduce((sum: number, count) => sum + Number(count), 0)).toBe(2);
    expect(readFileSync(page, 'utf8')).toContain(`| text | 2 | ${text.successes} |`);

    const other = await praxis([...args, '--resume', state, '--decibels', '10']);
    expect(other.status).toBe(2);
    expect(other.err).toContain('results of another measurement');
  });
});
