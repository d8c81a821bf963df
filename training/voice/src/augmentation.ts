import type { Random } from '@praxis/core';
import { type Audio, resample, rms, SPEECH_SAMPLE_RATE_HZ } from '@praxis/speech';

/** Largest delay of an echo behind the direct sound (s). */
const MAX_ECHO_DELAY_S = 0.12;
/** Playback rates of a voice are multiples of this (Hz), which keeps the resampling filters short. */
const RATE_STEP_HZ = 400;

/** Draws the factor of a vocal-tract perturbation, 0.8 .. 1.28; a quarter of the voices keep their pitch. */
export const drawVocalTract = (random: Random): number =>
  random.chance(0.25)
    ? 1
    : (RATE_STEP_HZ * Math.round((SPEECH_SAMPLE_RATE_HZ * random.uniform(0.8, 1.28)) / RATE_STEP_HZ)) /
      SPEECH_SAMPLE_RATE_HZ;

/** Scales the pitch and the formants of speech by a factor of {@link drawVocalTract}, as a smaller or larger person would speak. */
export const perturbVocalTract = ({ samples }: Audio, tract: number): Audio =>
  resample({ samples, rate: SPEECH_SAMPLE_RATE_HZ * tract }, SPEECH_SAMPLE_RATE_HZ);

/** Adds 24 decaying echoes, as in a room, to 60 % of the recordings and returns the others unchanged. */
export function addReverb({ samples, rate }: Audio, random: Random): Audio {
  if (random.chance(0.4)) return { samples, rate };
  const loudness = random.uniform(0.05, 0.5);
  const decay = random.uniform(0.01, 0.05);
  const echoes = Array.from({ length: 24 }, () => {
    const late = random.uniform(0.002, MAX_ECHO_DELAY_S);
    return { by: Math.round(late * rate), level: loudness * Math.exp(-late / decay) * random.normal(0, 1) };
  });
  const out = new Float32Array(samples.length);
  out.set(samples);
  for (const { by, level } of echoes) for (let i = by; i < out.length; i++) out[i] += level * samples[i - by];
  return { samples: out, rate };
}

/** Applies the response of a random microphone: a shelf that raises or lowers the high frequencies. */
export function applyMicrophoneResponse({ samples, rate }: Audio, random: Random): Audio {
  const corner = random.uniform(300, 2_500);
  const highs = random.uniform(0.35, 2);
  const share = 1 - Math.exp((-2 * Math.PI * corner) / rate);
  let low = 0;
  const out = samples.map((sample) => {
    low += share * (sample - low);
    return low + highs * (sample - low);
  });
  return { samples: out, rate };
}

/** Scales sound to a level. @param decibels level of its root mean square (dB relative to full scale, negative) */
export function scaleToLevel({ samples, rate }: Audio, decibels: number): Audio {
  const scale = 10 ** (decibels / 20) / Math.max(rms(samples), 1e-6);
  return { samples: samples.map((sample) => Math.max(-1, Math.min(1, scale * sample))), rate };
}
