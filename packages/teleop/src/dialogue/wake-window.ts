import { wordsIn } from '../language/normalise.ts';
import type { WakeWord } from '../language/wake-word.ts';

/** For so long after the wake word nobody has to say it again (s). */
export const WAKE_WINDOW_S = 8;

/** Whom a sentence is for. */
export type Addressee =
  /** The robot: what is left when the wake word is taken off. */
  | { readonly kind: 'command'; readonly text: string }
  /** The robot was called, and told nothing yet. */
  | { readonly kind: 'wake' }
  | { readonly kind: 'bystander' };

/**
 * With a wake word, what is said counts only when it begins with that word, or begins soon after it was said. It holds no
 * clock. Stop words are none of its business: they count always.
 */
export class WakeWindow {
  readonly #wakeWord: WakeWord;
  #awakeUntil = Number.NEGATIVE_INFINITY;

  constructor(wakeWord: WakeWord) {
    this.#wakeWord = wakeWord;
  }

  /**
   * @param start when somebody began to say it (s, of any clock that does not run backward)
   * @param end when it was said
   */
  addresseeOf(text: string, start: number, end = start): Addressee {
    const rest = this.#wakeWord.wordsAfter(wordsIn(text));
    if (rest === undefined) return start <= this.#awakeUntil ? { kind: 'command', text } : { kind: 'bystander' };
    this.#awakeUntil = end + WAKE_WINDOW_S;
    return rest.length === 0 ? { kind: 'wake' } : { kind: 'command', text: rest.join(' ') };
  }
}
