import { POCKETSPHINX_INSTALL_COMMAND } from '@praxis/speech/node';
import { describe, expect, it } from 'vitest';
import { needs, POCKETSPHINX, SHIPPED_POLICY } from './needs.ts';
import { runMain } from './run-main.ts';

describe('praxis voice episodes', needs(SHIPPED_POLICY), () => {
  const args = ['voice', 'episodes', '--voices', 'flite rms', '--decibels', '40', '--json'];

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
