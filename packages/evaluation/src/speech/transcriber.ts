import { InputError, type SimulatedClock } from '@praxis/core';
import type { Audio, Listener, ListenerState, RecognisedUtterance, StopEvent } from '@praxis/speech';
import type { Intent, Language } from '@praxis/teleop';

/** Utterances and stops that a listener recognised in a sound. Times are in seconds from the beginning of the sound. */
export interface ListenerOutput {
  readonly utterances: readonly RecognisedUtterance[];
  readonly stops: readonly StopEvent[];
}

/** Duration of the blocks that a microphone delivers (s). */
const BLOCK_DURATION_S = 0.1;

/**
 * Returns a function that plays a sound to a listener as fast as the listener computes. The end of the sound ends the utterance.
 * @param clock clock of the listener
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
    const length = Math.round(BLOCK_DURATION_S * rate);
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

/** Waits until a listener has started. @throws {InputError} with the reason when its recogniser has exited */
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

/** Intent of a recognised sound. A stop has priority; of several commands the last one counts, as on the robot. */
export function intentOf({ utterances, stops }: ListenerOutput, language: Language): Intent {
  if (stops.length > 0) return { kind: 'stop', word: stops[0].word };
  const last = utterances.findLast(({ accepted }) => accepted === 'yes');
  return last ? language.interpret(last.text) : { kind: 'unknown', text: utterances.at(-1)?.text ?? '' };
}

/** Counts word errors: the least number of insertions, deletions and substitutions of words (Levenshtein 1966). */
export function wordErrors(
  transcript: string,
  recognisedText: string,
): { readonly errors: number; readonly words: number } {
  const [a, b] = [transcript, recognisedText].map((text) => text.split(' ').filter((word) => word !== ''));
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
