import { wordsIn } from '../language/normalise.ts';
import type { WakeWord } from '../language/wake-word.ts';

/** Time after the wake word in which commands need no wake word (s). */
export const WAKE_WINDOW_S = 8;

/** The addressee of a sentence. */
export type Addressee =
  /** The robot; `text` is the sentence without the wake word. */
  | { readonly kind: 'command'; readonly text: string }
  /** The robot, which was called by its wake word alone. */
  | { readonly kind: 'wake' }
  /** Other people: the robot ignores it. */
  | { readonly kind: 'bystander' };

/**
 * Decides which sentences are for the robot: those that begin with the wake word, and those that begin within
 * {@link WAKE_WINDOW_S} after it. It holds no clock. It does not handle stop words, which always count.
 */
export class WakeWindow {
  readonly #wakeWord: WakeWord;
  #awakeUntil = Number.NEGATIVE_INFINITY;

  constructor(wakeWord: WakeWord) {
    this.#wakeWord = wakeWord;
  }

  /**
   * Decides on one sentence; a wake word in it opens the window again.
   * @param start start of the sentence (s, on any clock that does not run backward)
   * @param end end of the sentence (s)
   */
  addresseeOf(text: string, start: number, end = start): Addressee {
    const rest = this.#wakeWord.wordsAfter(wordsIn(text));
    if (rest === undefined) return start <= this.#awakeUntil ? { kind: 'command', text } : { kind: 'bystander' };
    this.#awakeUntil = end + WAKE_WINDOW_S;
    return rest.length === 0 ? { kind: 'wake' } : { kind: 'command', text: rest.join(' ') };
  }
}
