import { Random } from '@praxis/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SPEECH_SAMPLE_RATE_HZ } from '../audio/audio.ts';
import { motorNoise } from '../audio/noise.ts';
import { loadFlite, loadStopNetwork } from '../node/weights/load.ts';
import type { StopEvent } from '../recognition/stop-event.ts';
import type { Flite } from '../tts/flite.ts';
import type { StopNetwork } from './stop-network.ts';
import { OTHER_TEXTS, STOP_TEXTS, speakBetweenPauses } from './testing/texts.ts';

/** Voices that the network was trained with, and one that it was not. */
const TRAINING_VOICES = ['slt', 'awb', 'rms'] as const;
const VOICES = [...TRAINING_VOICES, 'kal16'] as const;
const NOISE_MIN = 10;

// `stop-network.test.ts` has two of the voices and a few seconds of noise.
describe('the stop network', { timeout: 600_000 }, () => {
  let spotter: StopNetwork;
  let flite: Flite;
  beforeAll(async () => {
    [spotter, flite] = await Promise.all([loadStopNetwork(), loadFlite()]);
  });
  afterAll(() => spotter.close());

  async function detect(samples: Float32Array): Promise<readonly StopEvent[]> {
    const found: StopEvent[] = [];
    for (let at = 0; at < samples.length; at += 512)
      found.push(...(await spotter.detect(samples.subarray(at, at + 512))));
    return found;
  }

  it.each(VOICES)('detects every stop word of %s', async (voice) => {
    for (const text of STOP_TEXTS)
      expect(await detect(speakBetweenPauses(flite, text, voice).samples), text).not.toEqual([]);
  });

  it.each(TRAINING_VOICES)('has no detection of high confidence in commands and conversation of %s', async (voice) => {
    for (const text of OTHER_TEXTS) {
      const found = await detect(speakBetweenPauses(flite, text, voice).samples);
      expect(
        found.filter(({ confidence }) => confidence === 'high'),
        text,
      ).toEqual([]);
    }
  });

  it(`detects none in ${NOISE_MIN} minutes of motor noise`, async () => {
    for (let minute = 0; minute < NOISE_MIN; minute++) {
      const random = new Random(minute, 'motor');
      const { samples } = motorNoise(60 * SPEECH_SAMPLE_RATE_HZ, SPEECH_SAMPLE_RATE_HZ, random);
      expect(await detect(samples.map((sample) => 0.1 * sample))).toEqual([]);
    }
  });
});
