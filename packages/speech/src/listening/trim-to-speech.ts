import { quantile, rms, SPEECH_SAMPLE_RATE_HZ } from '../audio/audio.ts';

/** Distance between two levels: 20 ms at 16 kHz. */
const LEVEL_STEP_SAMPLES = 320;
/** Each level averages over this many steps, so that a click of another source does not count as a word. */
const LEVEL_WINDOW_STEPS = 7;
/** The utterance begins and ends where the level is at most this much below its loud parts (dB). */
const FOREGROUND_MARGIN_DB = 8;
/** Kept before the first loud level (s): initial consonants are soft. */
const LEAD_IN_S = 0.1;
/** Kept after the last loud level (s): final consonants are softer still. */
const TRAIL_OUT_S = 0.15;
/** Quantile of the levels that stands for the loud parts of an utterance. */
const LOUD_QUANTILE = 0.9;

/**
 * Finds an utterance between much softer audio at both ends, such as a distant conversation, in which a grammar would find words.
 * @param samples 16 kHz
 * @returns index of the first sample and of the one after the last
 */
export function trimToSpeech(samples: Float32Array): { readonly from: number; readonly to: number } {
  const levels: number[] = [];
  const margin = ((LEVEL_WINDOW_STEPS - 1) / 2) * LEVEL_STEP_SAMPLES;
  for (let at = 0; at + LEVEL_STEP_SAMPLES <= samples.length; at += LEVEL_STEP_SAMPLES) {
    const around = samples.subarray(Math.max(0, at - margin), at + LEVEL_STEP_SAMPLES + margin);
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
