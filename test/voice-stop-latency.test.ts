import { POCKETSPHINX_INSTALL_COMMAND } from '@praxis/speech/node';
import { describe, expect, it } from 'vitest';
import { needs, POCKETSPHINX, SHIPPED_POLICY } from './needs.ts';
import { runMain } from './run-main.ts';

describe('praxis voice stop-latency', needs(SHIPPED_POLICY), () => {
  const args = ['voice', 'stop-latency', '--trials', '2', '--voices', 'flite rms', '--json'];

  it('measures the time from a stop word to the arm at rest', needs(POCKETSPHINX), async () => {
    const { status, out, err } = await runMain(args);
    expect(status, err).toBe(0);
    const [clean, , noisy] = JSON.parse(out).rows;
    expect([clean.trials, noisy.trials]).toEqual([2, 2]);
    expect(clean.stopped).toBeGreaterThan(0);
    for (const { stopped, missed, false_stops, at_rest_before, not_at_rest, trials } of [clean, noisy]) {
      expect(stopped + missed + false_stops + at_rest_before).toBe(trials);
      expect(not_at_rest).toBe(0);
    }
    // The utterance ends half a second after the word; the compute time of a busy machine adds to that.
    expect(clean.word_to_stop_s.max - clean.compute_s.max).toBeLessThan(0.8);
    expect(clean.rest_s.max).toBeGreaterThan(0.02);
    expect(clean.rest_s.max).toBeLessThan(0.5);
    expect(clean.compute_s.p50).toBeGreaterThan(0);
  });

  if (POCKETSPHINX !== undefined) {
    it('names the package to install', async () => {
      const { status, out, err } = await runMain(args);
      expect([status, out]).toEqual([2, '']);
      expect(err).toContain(POCKETSPHINX_INSTALL_COMMAND);
    });
  }
});
