import { InputError, type SimulatedClock } from '@praxis/core';
import type { Audio, Listener, ListenerState, RecognisedUtterance, StopEvent } from '@praxis/speech';
import type { Intent, Language } from '@praxis/teleop';

/** What a listener made of a piece of sound; seconds from its beginning. */
export interface ListenerOutput {
  readonly utterances: readonly RecognisedUtterance[];
  readonly stops: readonly StopEvent[];
}

/** A microphone's pieces (s). */
const BLOCK_S = 0.1;

/**
 * Plays one sound after the other to a listener, as fast as it listens; each ends what is being said.
 * @param clock the listener's
 */
export function createTranscriber(
  listener: Listener,
  clock: SimulatedClock,
): (sound: Audio) => Promise<ListenerOutput> {
  let utterances: RecognisedUtterance[] = [];
  let stops: StopEvent[] = [];
  listener.utterances$.subscribe((each) => utterances.push(each));
  listener.stops$.subscribe((each) => stops.push(each));
  return async ({ samples, rate }) => {
    const begin = clock.now();
    [utterances, stops] = [[], []];
    const length = Math.round(BLOCK_S * rate);
    for (let at = 0; at < samples.length; at += length) {
      const stamp = begin + at / rate;
      clock.advanceTo(stamp);
      await listener.acceptAudio({
        value: { samples: samples.subarray(at, at + length), rate },
        stamp,
        received: stamp,
      });
    }
    await listener.flush();
    clock.advanceTo(listener.processedUntil);
    return {
      utterances: utterances.map((each) => ({ ...each, start: each.start - begin, end: each.end - begin })),
      stops: stops.map((each) => ({ ...each, end: each.end - begin, detected: each.detected - begin })),
    };
  };
}

/** Waits until a listener runs. @throws {InputError} when it understands nothing, and why */
export async function requireRecogniser(listener: Listener): Promise<void> {
  await listener.started();
  const state = stateOf(listener);
  if (state.kind === 'recogniser exited') throw new InputError(state.reason);
}

function stateOf(listener: Listener): ListenerState {
  let state: ListenerState = { kind: 'starting' };
  listener.state$.subscribe((now) => (state = now)).unsubscribe();
  return state;
}

/** A stop goes before everything; of several commands the last one counts, as when they are said to the robot. */
export function intentOf({ utterances, stops }: ListenerOutput, language: Language): Intent {
  if (stops.length > 0) return { kind: 'stop', word: stops[0].word };
  const last = utterances.findLast(({ accepted }) => accepted === 'yes');
  return last ? language.interpret(last.text) : { kind: 'unknown', text: utterances.at(-1)?.text ?? '' };
}

/** Word errors of what was heard: the least number of words to put in, take out or exchange (Levenshtein 1966). */
export function wordErrors(said: string, heard: string): { readonly errors: number; readonly words: number } {
  const [a, b] = [said, heard].map((text) => text.split(' ').filter((word) => word !== ''));
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return { errors: row[b.length], words: a.length };
}
