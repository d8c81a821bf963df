import type { StopEvent } from '@praxis/speech';
import { type Audio, durationOf, rms, SPEECH_RATE } from '@praxis/speech';
import { Language } from '@praxis/teleop';
import { describe, expect, it } from 'vitest';
import { CHATTER, STOPS } from '../phrases.ts';
import type { Speaker } from '../speakers.ts';
import { measureStops, stopSteps } from './measure.ts';
import type { StopTally } from './tally.ts';

const language = new Language();
/** Longer than a stop. */
const OTHER = 0.6;
const speaker = (name: string, group: Speaker['group']): Speaker => ({
  name,
  group,
  speak(text) {
    const seconds = STOPS.some((each) => each === text) ? 0.4 : OTHER;
    const samples = Float32Array.from({ length: seconds * SPEECH_RATE }, (_, i) => 0.3 * Math.sin(0.2 * i));
    return { samples, rate: SPEECH_RATE };
  },
});
/** Of a sound with half a second of silence on both sides. */
const endOf = (sound: Audio) => durationOf(sound) - 0.5;
const stop = (end: number, detected: number): StopEvent => ({
  word: 'stop',
  end,
  detected,
  by: 'stop words',
  certainty: 'sure',
});

/** The first ear hears everything twice, late and in time; the second only what no noise covers and nothing that is no stop. */
async function hear(sound: Audio): Promise<readonly (readonly StopEvent[])[]> {
  const end = endOf(sound);
  const quiet = rms(sound.samples.subarray(0, 4000)) === 0;
  const isStop = durationOf(sound) < 1 + OTHER;
  return [[stop(end, end + 0.5), stop(end, end + 0.1)], isStop && quiet ? [stop(end, end + 0.2)] : []];
}

describe('measureStops', () => {
  it('counts for each threshold what is missed, how late it is found and what is stopped in vain', async () => {
    const speakers = [speaker('a', 'tuned on'), speaker('b', 'held out'), speaker('c', 'held out')];
    let steps = 0;
    const { rows, seconds } = await measureStops({
      ...{ language, thresholds: [0.5, 0.9], hear, speakers, seed: 1, quiet: 10 },
      onStep: () => steps++,
    });
    expect(steps).toBe(stopSteps(speakers));
    expect(rows.map(({ group, threshold }) => `${group} ${threshold}`)).toEqual([
      ...['tuned on 0.5', 'tuned on 0.9', 'held out 0.5', 'held out 0.9'],
    ]);
    const [, , loose, strict] = rows;
    expect(loose.missed).toEqual({ clean: 0, at20dB: 0, at10dB: 0 });
    expect(loose.delays).toHaveLength(2 * 7 * STOPS.length);
    for (const delay of loose.delays) expect(delay).toBeCloseTo(0.1, 1);
    expect(loose.commandsStopped).toEqual({ clean: 1, at20dB: 1 });
    // Two stops in ten seconds.
    expect(loose.falseStops.motor).toBeCloseTo(720);
    expect(strict.missed).toEqual({ clean: 0, at20dB: 1, at10dB: 1 });
    expect(strict.commandsStopped).toEqual({ clean: 0, at20dB: 0 });
    expect(strict.falseStops).toEqual({ chatter: 0, commands: 0, motor: 0, silence: 0 });
    expect(seconds).toBeGreaterThan(3 * (7 * STOPS.length + CHATTER.length) + 20);
  });

  it('goes on where it was ended, with the same result', async () => {
    const kept = new Map<string, readonly StopTally[]>();
    const speakers = [speaker('a', 'tuned on'), speaker('b', 'held out')];
    const measure = () => measureStops({ language, thresholds: [0.9], hear, speakers, seed: 1, quiet: 1, kept });
    const first = await measure();
    kept.delete('b');
    expect(await measure()).toEqual(first);
  });
});
