import { quantile, rms, SPEECH_SAMPLE_RATE_HZ } from '../audio/audio.ts';

/** Levels are taken every so many samples (20 ms), over so many of these steps: a single loud sound of somebody else is no word. */
const LEVEL_STEP_SAMPLES = 320;
const LEVEL_WINDOW_STEPS = 7;
/** What is softer than the loud parts of an utterance by this much does not begin or end it (dB). */
const FOREGROUND_MARGIN_DB = 8;
/** Kept around what is loud (s): consonants are soft, those at the end above all. */
const LEAD_IN_S = 0.1;
const TRAIL_OUT_S = 0.15;
/** Which of an utterance's levels is loud. */
const LOUD_QUANTILE = 0.9;

/**
 * Where an utterance is, without what is much softer than it at both ends: people who talk further away, which a grammar would
 * take for words.
 * @param samples 16 kHz
 * @returns samples: the first, and that after the last
 */
export function trimToSpeech(samples: Float32Array): { readonly from: number; readonly to: number } {
  const levels: number[] = [];
  const beside = ((LEVEL_WINDOW_STEPS - 1) / 2) * LEVEL_STEP_SAMPLES;
  for (let at = 0; at + LEVEL_STEP_SAMPLES <= samples.length; at += LEVEL_STEP_SAMPLES) {
    const around = samples.subarray(Math.max(0, at - beside), at + LEVEL_STEP_SAMPLES + beside);
    levels.push(20 * Math.log10(rms(around) + 1e-9));
  }
  const loud = quantile(LOUD_QUANTILE, levels, 0);
  const first = levels.findIndex((level) => level > loud - FOREGROUND_MARGIN_DB);
  const last = levels.findLastIndex((level) => level > loud - FOREGROUND_MARGIN_DB);
  if (first < 0) return { from: 0, to: samples.length };
  return {
    from: Math.max(0, first * LEVEL_STEP_SAMPLES - LEAD_IN_S * SPEECH_SAMPLE_RATE_HZ),
    to: Math.min(samples.length, (last + 1) * LEVEL_STEP_SAMPLES + TRAIL_OUT_S * SPEECH_SAMPLE_RATE_HZ),
  };
}
