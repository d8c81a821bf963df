import { wordsIn } from '../language/normalise.ts';
import type { WakeWord } from '../language/wake-word.ts';

/** For so long after the wake word nobody has to say it again (s). */
export const AWAKE = 8;

/** Whom a sentence is for. */
export type Address =
  /** The robot: what is left when the wake word is taken off. */
  | { readonly kind: 'command'; readonly text: string }
  /** The robot was called, and told nothing yet. */
  | { readonly kind: 'call' }
  | { readonly kind: 'nobody' };

/**
 * With a wake word, what is said counts only when it begins with that word, or begins soon after it was said. It holds no
 * clock. Stop words are none of its business: they count always.
 */
export class Attention {
  readonly #wakeWord: WakeWord;
  #until = Number.NEGATIVE_INFINITY;

  constructor(wakeWord: WakeWord) {
    this.#wakeWord = wakeWord;
  }

  /**
   * @param start when somebody began to say it (s, of any clock that does not run backward)
   * @param end when it was said
   */
  address(text: string, start: number, end = start): Address {
    const rest = this.#wakeWord.after(wordsIn(text));
    if (rest === undefined) return start <= this.#until ? { kind: 'command', text } : { kind: 'nobody' };
    this.#until = end + AWAKE;
    return rest.length === 0 ? { kind: 'call' } : { kind: 'command', text: rest.join(' ') };
  }
}
