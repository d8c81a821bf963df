import { STOP_WORDS } from '@praxis/core';
import type { VocabularyExtension } from '@praxis/policy';
import { type Rule, synonymRule } from './grammar.ts';
import { isFiller } from './normalise.ts';
import { FUNCTION_WORDS, WORD_KINDS, type WordKind, wordLists } from './word-rules.ts';

/** The words for things, of the table and of a policy. */
export class Vocabulary {
  /** Words that the policy knows and the table does not; they may stand where an attribute or a thing does. */
  readonly policyWords: readonly string[];
  readonly #wordKinds = new Map<string, WordKind>();
  readonly #taskVerbs = new Set(wordLists.task);

  constructor({ words }: VocabularyExtension) {
    for (const kind of WORD_KINDS) for (const word of wordLists[kind]) this.#wordKinds.set(word, kind);
    const stops: readonly string[] = STOP_WORDS;
    const known = (word: string) =>
      this.#wordKinds.has(word) ||
      this.#taskVerbs.has(word) ||
      FUNCTION_WORDS.has(word) ||
      wordLists.manner.includes(word);
    // `<pad>` and the like are no words, and a word that stops the robot names nothing.
    this.policyWords = [...new Set(words)].filter(
      (word) => /^[a-z]{2,}$/.test(word) && !stops.includes(word) && !isFiller(word) && !known(word),
    );
  }

  wordKindOf(word: string): WordKind | undefined {
    return this.#wordKinds.get(word);
  }

  isTaskVerb(word: string): boolean {
    return this.#taskVerbs.has(word);
  }

  /** A word that says what is meant: not a verb, not one that joins, not a direction. */
  isContentWord(word: string): boolean {
    const kind = this.#wordKinds.get(word);
    return (
      (kind !== undefined && kind !== 'side' && word !== 'it' && word !== 'one') || this.policyWords.includes(word)
    );
  }

  /** A word that an instruction is made of. */
  isKnown(word: string): boolean {
    return (
      this.#wordKinds.has(word) ||
      this.isTaskVerb(word) ||
      FUNCTION_WORDS.has(word) ||
      wordLists.manner.includes(word) ||
      this.policyWords.includes(word)
    );
  }

  rules(): readonly Rule[] {
    const words = (kinds: readonly WordKind[]) => kinds.flatMap((kind) => wordLists[kind]);
    const plain = (name: string, says: string, all: readonly string[]) =>
      synonymRule(name, says, Object.fromEntries(all.map((word) => [word, [word]])));
    return [
      plain('attribute', 'what tells things apart', [
        ...words(['color', 'weight', 'side', 'size']),
        ...this.policyWords,
      ]),
      plain('color', 'a colour', words(['color'])),
      plain('quality', 'what tells things apart and stands before a colour', [
        ...words(['weight', 'side', 'size']),
        ...this.policyWords,
      ]),
      plain('property', 'what tells things apart and is no direction', [
        ...words(['color', 'weight', 'size']),
        ...this.policyWords,
      ]),
      plain('object', 'a thing', [...wordLists.object.filter((word) => word !== 'it'), ...this.policyWords]),
      plain('container', 'where things go', wordLists.container),
      plain('side', 'a side', ['left', 'right']),
      plain('place', 'a verb of putting', [
        'put',
        'place',
        'set',
        'lay',
        'bring',
        'carry',
        'move',
        'insert',
        'deliver',
      ]),
      plain('get', 'a verb of taking', [
        ...['pick up', 'pick', 'grab', 'lift', 'lift up', 'take', 'raise', 'get', 'fetch', 'find', 'grasp'],
        ...['take hold of', 'get hold of', 'give me', 'get me', 'bring me'],
        ...['press', 'push', 'pull', 'open', 'wipe', 'touch'],
      ]),
      plain('how', 'how hard a task is done', wordLists.manner),
      {
        name: 'thing',
        description: 'a thing, by what tells it apart',
        forms: ['the [<quality>] [<color>] (<object> | <container>)', 'the <object> (that | which) is <attribute>'].map(
          (pattern) => ({ pattern, value: () => 'thing' }),
        ),
      },
      {
        name: 'goal',
        description: 'a place',
        forms: ['the [<attribute>] <container>', 'the <container> (on | to) the <side>', 'the <side>'].map(
          (pattern) => ({ pattern, value: () => 'goal' }),
        ),
      },
    ];
  }
}

const PRONOUNS = new Set(['one', 'thing', 'it', 'part']);

/**
 * The last instruction with the words of a correction in it: each word that says of what kind a thing is replaces those
 * of its kind, so "the blue one" makes "pick up the red cube" into "pick up the blue cube".
 * @param correction words of what is meant instead
 * @returns the correction itself when there is nothing in the last instruction that it could replace
 */
export function applyCorrection(last: string, correction: readonly string[], vocabulary: Vocabulary): string {
  const replacements = new Map<WordKind, string>();
  for (const word of correction) {
    const kind = vocabulary.wordKindOf(word);
    if (kind && !PRONOUNS.has(word)) replacements.set(kind, word);
  }
  let replaced = false;
  const words = last.split(' ').map((word) => {
    const kind = vocabulary.wordKindOf(word);
    const instead = kind && !PRONOUNS.has(word) ? replacements.get(kind) : undefined;
    if (instead === undefined) return word;
    replaced = true;
    return instead;
  });
  return (replaced ? words : correction).join(' ');
}
