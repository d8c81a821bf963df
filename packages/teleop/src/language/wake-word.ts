import { InputError, stopWordIn } from '@praxis/core';
import { isFiller, wordsIn } from './normalise.ts';

const MAX_WAKE_WORDS = 3;

/** What people call the robot by: a word or a few. "hey" before it may always be said. */
export class WakeWord {
  readonly words: readonly string[];

  /** @throws {InputError} on none, more than three, figures, a stop word or a word that means nothing by itself */
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

  /** The words after it, when they begin with it. */
  wordsAfter(words: readonly string[]): readonly string[] | undefined {
    let at = 0;
    while (at < words.length && (isFiller(words[at]) || words[at] === 'hey')) at++;
    if (!this.words.every((word, i) => words[at + i] === word)) return undefined;
    return words.slice(at + this.words.length).filter((word) => !isFiller(word));
  }
}
