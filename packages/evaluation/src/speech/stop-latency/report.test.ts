import { describe, expect, it } from 'vitest';
import type { Mover, NoiseLevel } from './draw-trials.ts';
import { type CompletedTrial, latencyPage, latencyRows } from './report.ts';
import type { StopTrialResult } from './trial.ts';

const done = (loudness: NoiseLevel, mover: Mover, result: StopTrialResult): CompletedTrial => ({
  ...{ voice: 'flite rms', text: 'stop', noise: 'pink', direction: 'left', end: 1, moving: 1 },
  ...{ loudness, mover, result },
});
const stopped = (
  detectionDelay: number,
  rest: number,
  by: 'stop words' | 'commands' = 'stop words',
): StopTrialResult => ({
  kind: 'stopped',
  by,
  times: { detectionDelay, rest, distance: detectionDelay / 10, compute: 0.01 },
});

describe('the table of stops', () => {
  const rows = latencyRows([
    done('clean', 'policy', stopped(0.1, 0.15)),
    done('clean', 'words', stopped(0.3, 0.05, 'commands')),
    done('10 dB', 'words', { kind: 'missed' }),
    done('10 dB', 'words', { kind: 'false stop' }),
  ]);

  it('has a row for each noise level and mover, and adds word to stop and stop to rest trial by trial', () => {
    expect(rows.map(({ what, trials, stopped: n }) => [what, trials, n])).toEqual([
      ['clean', 2, 2],
      ['20 dB', 0, 0],
      ['10 dB', 2, 0],
      ['moved by policy', 1, 1],
      ['moved by words', 3, 1],
    ]);
    expect(rows[0]).toMatchObject({ by_stop_words: 1, missed: 0, word_to_stop_s: { p50: 0.2, max: 0.3 } });
    expect(rows[0].word_to_rest_s.max).toBeCloseTo(0.35);
    expect(rows[0].word_to_rest_s.p50).toBeCloseTo(0.3);
    expect(rows[2]).toMatchObject({ missed: 1, false_stops: 1, word_to_stop_s: { p50: null } });
  });

  it('is written as a page', () => {
    const page = latencyPage(rows, 'npx praxis', ['flite rms']);
    expect(page).toContain('| clean | 2 | 2 | 0 | 0 | 50.0 % | 200 ms | 290 ms | 300 ms |');
    expect(page).toContain('| 20 dB | 0 | 0 | 0 | 0 | - |');
  });
});
