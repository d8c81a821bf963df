import { POCKETSPHINX_INSTALL_COMMAND } from '@praxis/speech/node';
import { describe, expect, it } from 'vitest';
import { needs, POCKETSPHINX, SHIPPED_POLICY } from './needs.ts';
import { runMain } from './run-main.ts';

describe('praxis voice episodes', needs(SHIPPED_POLICY), () => {
  const args = ['voice', 'episodes', '--voices', 'flite rms', '--decibels', '40', '--json'];

  it('reports the cost of speech', needs(POCKETSPHINX), async () => {
    const { status, out, err } = await runMain([...args, '--workers', '1', '--episodes', '1']);
    expect(status, err).toBe(0);
    const report = JSON.parse(out);
    expect(report).toMatchObject({ task: 'pick', seed: 2_000_000, decibels: 40, voices: ['flite rms'], episodes: 1 });
    const { text, speech, understood } = report;
    expect(report.difference_points).toBe(100 * (text.successes - speech.successes));
    expect(Object.values(understood).reduce((sum: number, count) => sum + Number(count), 0)).toBe(1);
  });

  if (POCKETSPHINX !== undefined) {
    it('names the package to install', async () => {
      const { status, out, err } = await runMain([...args, '--episodes', '1']);
      expect([status, out]).toEqual([2, '']);
      expect(err).toContain(POCKETSPHINX_INSTALL_COMMAND);
    });
  }

  it('refuses bad input in one line', async () => {
    const errorOf = async (...more: readonly string[]) => {
      const { status, out, err } = await runMain(['voice', 'episodes', ...more]);
      expect([status, out]).toEqual([2, '']);
      return err;
    };
    expect(await errorOf('--task', 'juggle')).toMatch(/^praxis voice: --task juggle: expected one of .*pick.*\n$/);
    expect(await errorOf('--decibels', 'loud')).toMatch(/--decibels loud: expected a number/);
    expect(await errorOf('--voices', 'nobody at all')).toMatch(/--voices nobody at all: no such voice on this machine/);
  });
});
