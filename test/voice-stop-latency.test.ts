import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findPocketSphinx, POCKETSPHINX_INSTALL_COMMAND } from '@praxis/speech/node';
import { describe, expect, it } from 'vitest';
import { praxis, root } from './run-praxis.ts';

const recogniser = findPocketSphinx();
if (!recogniser)
  console.warn(
    `tests of praxis voice stop-latency are skipped: PocketSphinx is not installed (${POCKETSPHINX_INSTALL_COMMAND})`,
  );
const shipped = existsSync(join(root, 'models', 'default', 'manifest.json'));
if (!shipped) console.warn('tests of praxis voice stop-latency are skipped: models/default has no policy');

describe.runIf(shipped)('praxis voice stop-latency', () => {
  const args = ['voice', 'stop-latency', '--trials', '2', '--voices', 'flite rms', '--json'];

  it.runIf(recogniser)('measures the time from a stop word to the arm at rest', async () => {
    const { status, out, err } = await praxis(args);
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

  it.runIf(!recogniser)('names the package to install', async () => {
    const { status, out, err } = await praxis(args);
    expect([status, out]).toEqual([2, '']);
    expect(err).toContain(POCKETSPHINX_INSTALL_COMMAND);
  });
});
