import { quantile, rms, SPEECH_RATE } from '../audio/audio.ts';

/** Levels are taken every so many samples (20 ms), over so many of these steps: a single loud sound of somebody else is no word. */
const STEP = 320;
const OVER = 7;
/** What is softer than the loud parts of an utterance by this much does not begin or end it (dB). */
const SOFTER = 8;
/** Kept around what is loud (s): consonants are soft, those at the end above all. */
const BEFORE = 0.1;
const AFTER = 0.15;
/** Which of an utterance's levels is loud. */
const LOUD = 0.9;

/**
 * Where an utterance is, without what is much softer than it at both ends: people who talk further away, which a grammar would
 * take for words.
 * @param samples 16 kHz
 * @returns samples: the first, and that after the last
 */
export function foreground(samples: Float32Array): { readonly from: number; readonly to: number } {
  const levels: number[] = [];
  const beside = ((OVER - 1) / 2) * STEP;
  for (let at = 0; at + STEP <= samples.length; at += STEP) {
    const around = samples.subarray(Math.max(0, at - beside), at + STEP + beside);
    levels.push(20 * Math.log10(rms(around) + 1e-9));
  }
  const loud = quantile(LOUD, levels, 0);
  const first = levels.findIndex((level) => level > loud - SOFTER);
  const last = levels.findLastIndex((level) => level > loud - SOFTER);
  if (first < 0) return { from: 0, to: samples.length };
  return {
    from: Math.max(0, first * STEP - BEFORE * SPEECH_RATE),
    to: Math.min(samples.length, (last + 1) * STEP + AFTER * SPEECH_RATE),
  };
}
