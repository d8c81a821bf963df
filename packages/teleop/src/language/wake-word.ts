import { InputError, stopWordIn } from '@praxis/core';
import { isFiller, wordsIn } from './normalise.ts';

const MAX_WAKE_WORDS = 3;

/** The name that addresses the robot: one to three words. "hey" may stand before it. */
export class WakeWord {
  readonly words: readonly string[];

  /** @throws {InputError} on no word, more than three, figures, a stop word or a filler word */
  constructor(text: string) {
    const all = wordsIn(text);
    this.words = all[0] === 'hey' ? all.slice(1) : all;
    const { length } = this.words;
    const plain = this.words.every((word) => /^[a-z']+$/.test(word) && !isFiller(word));
    if (length === 0 || length > MAX_WAKE_WORDS || !plain || stopWordIn(this.words)) {
      throw new InputError(
        `wake word "${text}": expected one to ${MAX_WAKE_WORDS} words, none of them a stop word or "please"`,
      );
    }
  }

  /** The words after the wake word; undefined when the sentence does not begin with it. */
  wordsAfter(words: readonly string[]): readonly string[] | undefined {
    let at = 0;
    while (at < words.length && (isFiller(words[at]) || words[at] === 'hey')) at++;
    if (!this.words.every((word, i) => words[at + i] === word)) return undefined;
    return words.slice(at + this.words.length).filter((word) => !isFiller(word));
  }
}
