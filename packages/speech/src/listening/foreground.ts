import { rms, SPEECH_RATE } from '../audio/audio.ts';

/** Levels are taken over this many samples: 20 ms. */
const STEP = 320;
/** What is softer than the loud parts of an utterance by this much does not begin or end it (dB). */
const SOFTER = 9;
/** Kept around what is loud (s): consonants are soft. */
const BEFORE = 0.12;
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
  for (let at = 0; at + STEP <= samples.length; at += STEP) {
    levels.push(20 * Math.log10(rms(samples.subarray(at, at + STEP)) + 1e-9));
  }
  const loud = [...levels].sort((a, b) => a - b)[Math.floor(LOUD * (levels.length - 1))] ?? 0;
  const first = levels.findIndex((level) => level > loud - SOFTER);
  const last = levels.findLastIndex((level) => level > loud - SOFTER);
  if (first < 0) return { from: 0, to: samples.length };
  return {
    from: Math.max(0, first * STEP - BEFORE * SPEECH_RATE),
    to: Math.min(samples.length, (last + 1) * STEP + AFTER * SPEECH_RATE),
  };
}
