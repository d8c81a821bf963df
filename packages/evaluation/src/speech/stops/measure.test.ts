import type { StopEvent } from '@praxis/speech';
import { type Audio, durationS, rms, SPEECH_SAMPLE_RATE_HZ } from '@praxis/speech';
import { Language } from '@praxis/teleop';
import { describe, expect, it } from 'vitest';
import { CHATTER, STOP_UTTERANCES } from '../phrases.ts';
import type { TestVoice } from '../test-voices.ts';
import { measureStops, stopStepCount } from './measure.ts';
import type { StopTally } from './tally.ts';

const language = new Language();
/** Duration of speech without a stop word: longer than a stop word (s). */
const OTHER_SPEECH_S = 0.6;
const voice = (name: string, group: TestVoice['group']): TestVoice => ({
  name,
  group,
  synthesize(text) {
    const seconds = STOP_UTTERANCES.some((each) => each === text) ? 0.4 : OTHER_SPEECH_S;
    const samples = Float32Array.from({ length: seconds * SPEECH_SAMPLE_RATE_HZ }, (_, i) => 0.3 * Math.sin(0.2 * i));
    return { samples, rate: SPEECH_SAMPLE_RATE_HZ };
  },
});
/** End of the speech in a sound with half a second of silence on both sides (s). */
const endOf = (sound: Audio) => durationS(sound) - 0.5;
const stop = (end: number, detected: number): StopEvent => ({
  word: 'stop',
  end,
  detected,
  by: 'stop words',
  confidence: 'high',
});

/** The first threshold detects a stop twice in every sound, late and early; the second only in clean stop words. */
async function detectStops(sound: Audio): Promise<readonly (readonly StopEvent[])[]> {
  const end = endOf(sound);
  const quiet = rms(sound.samples.subarray(0, 4000)) === 0;
  const isStop = durationS(sound) < 1 + OTHER_SPEECH_S;
  return [[stop(end, end + 0.5), stop(end, end + 0.1)], isStop && quiet ? [stop(end, end + 0.2)] : []];
}

describe('measureStops', () => {
  it('counts misses, delays and false stops for each threshold', async () => {
    const voices = [voice('a', 'tuned on'), voice('b', 'held out'), voice('c', 'held out')];
    let steps = 0;
    const { rows, seconds } = await measureStops({
      ...{ language, thresholds: [0.5, 0.9], detectStops, voices, seed: 1, backgroundS: 10 },
      onStep: () => steps++,
    });
    expect(steps).toBe(stopStepCount(voices));
    expect(rows.map(({ group, threshold }) => `${group} ${threshold}`)).toEqual([
      ...['tuned on 0.5', 'tuned on 0.9', 'held out 0.5', 'held out 0.9'],
    ]);
    const [, , loose, strict] = rows;
    expect(loose.missed).toEqual({ clean: 0, at20dB: 0, at10dB: 0 });
    expect(loose.delays).toHaveLength(2 * 7 * STOP_UTTERANCES.length);
    for (const delay of loose.delays) expect(delay).toBeCloseTo(0.1, 1);
    expect(loose.commandsStopped).toEqual({ clean: 1, at20dB: 1 });
    // Two stops in ten seconds.
    expect(loose.falseStops.motor).toBeCloseTo(720);
    expect(strict.missed).toEqual({ clean: 0, at20dB: 1, at10dB: 1 });
    expect(strict.commandsStopped).toEqual({ clean: 0, at20dB: 0 });
    expect(strict.falseStops).toEqual({ chatter: 0, commands: 0, motor: 0, silence: 0 });
    expect(seconds).toBeGreaterThan(3 * (7 * STOP_UTTERANCES.length + CHATTER.length) + 20);
  });

  it('resumes from a checkpoint with the same result', async () => {
    const checkpoint = new Map<string, readonly StopTally[]>();
    const voices = [voice('a', 'tuned on'), voice('b', 'held out')];
    const measure = () =>
      measureStops({ language, thresholds: [0.9], detectStops, voices, seed: 1, backgroundS: 1, checkpoint });
    const first = await measure();
    checkpoint.delete('b');
    expect(await measure()).toEqual(first);
  });
});
