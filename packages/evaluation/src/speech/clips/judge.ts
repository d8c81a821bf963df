import { type Audio, durationS } from '@praxis/speech';
import type { Language } from '@praxis/teleop';
import { type ListenerOutput, wordErrors } from '../transcriber.ts';

/** A recording, and what was said in it. */
export interface Clip {
  readonly name: string;
  readonly text: string;
  readonly audio: Audio;
}

/**
 * What became of a clip. A stop word: `stopped` or `missed`. A command: `right` with its intent and quantities, `rejected`, or `wrong`: another
 * one was accepted. Anything else: `quiet`, or `wrong`. `false stop` comes before what else became of a clip that holds no stop word.
 */
export type ClipOutcome = 'stopped' | 'missed' | 'right' | 'rejected' | 'wrong' | 'quiet' | 'false stop';

export interface ClipResult {
  readonly name: string;
  readonly text: string;
  readonly heard: string;
  readonly outcome: ClipOutcome;
  readonly errors: number;
  readonly words: number;
  /** Length of the recording (s). */
  readonly seconds: number;
}

/** What a listener made of a recording of somebody who said `text`. */
export function scoreClip(
  { name, text, audio }: Clip,
  { utterances, stops }: ListenerOutput,
  language: Language,
): ClipResult {
  const heard = utterances.map((utterance) => utterance.text).join(' ');
  const accepted = utterances.filter((utterance) => utterance.accepted === 'yes');
  const found = accepted.map((utterance) => language.interpret(utterance.text));
  const meant = language.interpret(text);
  const outcome = (): ClipOutcome => {
    if (meant.kind === 'stop') return stops.length > 0 ? 'stopped' : 'missed';
    if (stops.length > 0) return 'false stop';
    const acted = found.filter(({ kind }) => kind !== 'unknown').map((intent) => JSON.stringify(intent));
    if (acted.some((intent) => intent !== JSON.stringify(meant))) return 'wrong';
    if (meant.kind === 'unknown') return 'quiet';
    return acted.length > 0 ? 'right' : 'rejected';
  };
  return { name, text, heard, outcome: outcome(), ...wordErrors(text, heard), seconds: durationS(audio) };
}
