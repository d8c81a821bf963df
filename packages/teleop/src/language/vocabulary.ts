import { STOP_WORDS } from '@praxis/core';
import type { VocabularyExtension } from '@praxis/policy';
import { type Rule, synonymRule } from './grammar.ts';
import { isRobotPart } from './motion-words.ts';
import { forbids } from './negation.ts';
import { isFiller } from './normalise.ts';
import { FUNCTION_WORDS, WORD_KINDS, type WordKind, wordLists } from './word-rules.ts';

/** The words for objects and their attributes, from the table and from a policy. */
export class Vocabulary {
  /** Words of the policy that the table lacks; they can stand for an attribute or an object. */
  readonly policyWords: readonly string[];
  readonly #wordKinds = new Map<string, WordKind>();
  readonly #taskVerbs = new Set(wordLists.task);
  readonly #learnt: ReadonlySet<string>;

  constructor({ words, instructions }: VocabularyExtension) {
    // The words of the policy's own wordings count too; rules such as `<attribute>` do not name any.
    const worded = instructions.flatMap((pattern) => pattern.replace(/<[^>]*>/g, ' ').match(/[a-z]+/g) ?? []);
    this.#learnt = new Set(words.length === 0 ? [] : [...words, ...worded]);
    for (const kind of WORD_KINDS) for (const word of wordLists[kind]) this.#wordKinds.set(word, kind);
    const stops: readonly string[] = STOP_WORDS;
    const known = (word: string) =>
      this.#wordKinds.has(word) ||
      this.#taskVerbs.has(word) ||
      FUNCTION_WORDS.has(word) ||
      wordLists.manner.includes(word);
    // Tokens such as `<pad>` are not words, and a stop word must not name an object.
    this.policyWords = [...new Set(words)].filter(
      (word) =>
        /^[a-z]{2,}$/.test(word) && !stops.includes(word) && !isFiller(word) && !forbids([word]) && !known(word),
    );
  }

  /** The kind of a word of the table; undefined for other words. */
  wordKindOf(word: string): WordKind | undefined {
    return this.#wordKinds.get(word);
  }

  /** True when a word is a verb of tasks, such as "pick". */
  isTaskVerb(word: string): boolean {
    return this.#taskVerbs.has(word);
  }

  /** True when a word names an object or an attribute: verbs, function words and directions do not. */
  isContentWord(word: string): boolean {
    const kind = this.#wordKinds.get(word);
    return (
      (kind !== undefined && kind !== 'side' && word !== 'it' && word !== 'one') || this.policyWords.includes(word)
    );
  }

  /** True when a policy has learnt this word. Without the words of a policy, those of the table count. */
  isLearnt(word: string): boolean {
    return this.#learnt.size === 0 || this.#learnt.has(word);
  }

  /** True for a word such as "object", which stands for any object, whether or not a policy has learnt it. */
  isGeneric(word: string): boolean {
    return GENERIC.has(word);
  }

  /** True when a word names an object or a place by itself; a word of a policy may do so. */
  isNoun(word: string): boolean {
    const kind = this.#wordKinds.get(word);
    return this.isContentWord(word) && (kind === undefined || kind === 'object' || kind === 'container');
  }

  /** True when a word is an attribute of place, such as "left". */
  isSide(word: string): boolean {
    return this.#wordKinds.get(word) === 'side';
  }

  /** True when a word tells how a task is done. */
  isManner(word: string): boolean {
    return wordLists.manner.includes(word);
  }

  /**
   * The first word of a task that stands for an object and that neither the table nor the policy knows: "banana" in "put the ripe banana
   * on the tray". An unknown word before a known noun ("the shiny cube") and an unknown adverb are none.
   */
  unknownNounIn(words: readonly string[]): string | undefined {
    const isUnknown = (word: string | undefined) =>
      word !== undefined && !this.isKnown(word) && !isRobotPart(word) && /\p{L}/u.test(word);
    const isProperty = (word: string) => !['object', 'container', undefined].includes(this.#wordKinds.get(word));
    return words.find((word, i) => {
      if (!isUnknown(word) || isUnknown(words[i + 1]) || this.#isNominal(words[i + 1])) return false;
      let first = i;
      while (first > 0 && isUnknown(words[first - 1])) first--;
      const before = words[first - 1];
      return before !== undefined && (BEFORE_NOUNS.has(before) || this.isTaskVerb(before) || isProperty(before));
    });
  }

  #isNominal(word: string | undefined): boolean {
    return word !== undefined && word !== 'it' && (this.#wordKinds.has(word) || this.policyWords.includes(word));
  }

  /** True when a word can be part of an instruction. */
  isKnown(word: string): boolean {
    return (
      this.#wordKinds.has(word) ||
      this.isTaskVerb(word) ||
      FUNCTION_WORDS.has(word) ||
      wordLists.manner.includes(word) ||
      this.policyWords.includes(word)
    );
  }

  /** The grammar rules that these words make. */
  rules(): readonly Rule[] {
    const words = (kinds: readonly WordKind[]) => kinds.flatMap((kind) => wordLists[kind]);
    const plain = (name: string, says: string, all: readonly string[]) =>
      synonymRule(name, says, Object.fromEntries(all.map((word) => [word, [word]])));
    return [
      plain('attribute', 'an attribute of an object', [
        ...words(['color', 'weight', 'side', 'size']),
        ...this.policyWords,
      ]),
      plain('color', 'a colour', words(['color'])),
      plain('quality', 'an attribute that stands before a colour', [
        ...words(['weight', 'side', 'size']),
        ...this.policyWords,
      ]),
      plain('property', 'an attribute other than a direction', [
        ...words(['color', 'weight', 'size']),
        ...this.policyWords,
      ]),
      plain('object', 'an object', [...wordLists.object.filter((word) => word !== 'it'), ...this.policyWords]),
      plain('container', 'a container or a support', wordLists.container),
      plain('side', 'a side', ['left', 'right']),
      plain('place', 'a verb of placing', [
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
      plain('how', 'the manner of a task', wordLists.manner),
      {
        name: 'thing',
        description: 'an object with its attributes',
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

const GENERIC = new Set(['object', 'thing', 'part', 'block', 'one', 'it']);

/** Words that a noun follows. */
const BEFORE_NOUNS = new Set(
  'the a an that this these those my your his her on onto in into to of from with upon over under by for me up down'.split(
    ' ',
  ),
);

const PRONOUNS = new Set(['one', 'thing', 'it', 'part']);

/**
 * Applies a correction to the last instruction: each word of the correction replaces the words of the same kind, so "the blue
 * one" turns "pick up the red cube" into "pick up the blue cube".
 * @param correction words of the correction
 * @returns the correction itself when it can replace no word of the last instruction
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
