import { type Audio, durationS } from '@praxis/speech';
import type { Language } from '@praxis/teleop';
import { type ListenerOutput, wordErrors } from '../transcriber.ts';

/** A recording with its transcript. */
export interface Clip {
  readonly name: string;
  /** Transcript, in lower case. */
  readonly text: string;
  readonly audio: Audio;
}

/**
 * Outcome of a clip.
 * - Clip with a stop word: `stopped` or `missed`.
 * - Command: `right` (accepted with its intent and quantities), `rejected`, or `wrong` (another command was accepted).
 * - Other speech: `quiet` (nothing was accepted) or `wrong`.
 * - `false stop` has priority over the others for a clip without a stop word.
 */
export type ClipOutcome = 'stopped' | 'missed' | 'right' | 'rejected' | 'wrong' | 'quiet' | 'false stop';

/** Result of a clip. */
export interface ClipResult {
  readonly name: string;
  /** Transcript. */
  readonly text: string;
  /** Recognised text. */
  readonly recognisedText: string;
  readonly outcome: ClipOutcome;
  /** Number of word errors in the recognised text. */
  readonly errors: number;
  /** Number of words in the transcript. */
  readonly words: number;
  /** Duration of the recording (s). */
  readonly seconds: number;
}

/** Compares the output of a listener for a recording with the transcript. */
export function scoreClip(
  { name, text, audio }: Clip,
  { utterances, stops }: ListenerOutput,
  language: Language,
): ClipResult {
  const recognisedText = utterances.map((utterance) => utterance.text).join(' ');
  const accepted = utterances.filter((utterance) => utterance.accepted === 'yes');
  const found = accepted.map((utterance) => language.interpret(utterance.text));
  const expected = language.interpret(text);
  const outcome = (): ClipOutcome => {
    if (expected.kind === 'stop') return stops.length > 0 ? 'stopped' : 'missed';
    if (stops.length > 0) return 'false stop';
    const acted = found.filter(({ kind }) => kind !== 'unknown').map((intent) => JSON.stringify(intent));
    if (acted.some((intent) => intent !== JSON.stringify(expected))) return 'wrong';
    if (expected.kind === 'unknown') return 'quiet';
    return acted.length > 0 ? 'right' : 'rejected';
  };
  return {
    name,
    text,
    recognisedText,
    outcome: outcome(),
    ...wordErrors(text, recognisedText),
    seconds: durationS(audio),
  };
}
