import { stopWordIn } from '@praxis/core';
import { EMPTY_VOCABULARY, type VocabularyExtension } from '@praxis/policy';
import { Captures } from './captures.ts';
import { CORRECTION_PATTERNS, type CommandRow, commandRows } from './commands.ts';
import { Grammar } from './grammar.ts';
import type { Intent } from './intent.ts';
import { namesMotion } from './motion-words.ts';
import { excludes, forbids } from './negation.ts';
import { MAX_WORDS, withoutFillers, wordsIn } from './normalise.ts';
import { type PatternNode, parsePattern } from './notation.ts';
import { numberRules, quantityRules } from './numbers.ts';
import { isRequest } from './speech-acts.ts';
import { applyCorrection, Vocabulary } from './vocabulary.ts';
import { WakeWord } from './wake-word.ts';
import { mannerRules, motionRules, rotationRules } from './word-rules.ts';

/** The part of the dialogue so far that the meaning of a sentence depends on. */
export interface InterpretContext {
  /** Text of the last instruction: a correction changes it. */
  readonly instruction?: string;
}

/** A row of the table with its patterns compiled. */
export interface CompiledCommandRow extends CommandRow {
  /** The patterns as trees, in the same order; a policy's own instructions follow in the row marked for them. */
  readonly nodes: readonly PatternNode[];
}

/**
 * The command language: one table, extended by a policy's words, its instructions and a wake word.
 *
 * @example
 * new Language().interpret('move left five centimetres');
 * // { kind: 'move', frame: 'base', axis: 'y', metres: 0.05 }
 */
export class Language {
  readonly grammar: Grammar;
  readonly rows: readonly CompiledCommandRow[];
  readonly corrections: readonly PatternNode[];
  readonly vocabulary: Vocabulary;
  readonly wakeWord: WakeWord | undefined;

  /** @throws {InputError} on an instruction that breaks the notation or names an unknown rule, or on an invalid wake word */
  constructor(extension: VocabularyExtension = EMPTY_VOCABULARY) {
    this.vocabulary = new Vocabulary(extension);
    this.wakeWord = extension.wakeWord === undefined ? undefined : new WakeWord(extension.wakeWord);
    this.grammar = new Grammar([
      ...numberRules,
      ...quantityRules,
      ...motionRules,
      ...rotationRules,
      ...mannerRules,
      ...this.vocabulary.rules(),
    ]);
    this.rows = commandRows.map((row) => {
      const own = row.takesPolicyInstructions ? extension.instructions : [];
      return { ...row, nodes: [...row.patterns, ...own].map(parsePattern) };
    });
    this.corrections = CORRECTION_PATTERNS.map((pattern) => parsePattern(pattern));
    for (const node of [...this.rows.flatMap(({ nodes }) => nodes), ...this.corrections]) this.grammar.validate(node);
  }

  /** Finds the intent of a text, typed or recognised. Any text is accepted; it never throws. */
  interpret(text: string, context: InterpretContext = {}): Intent {
    const all = wordsIn(text);
    const stop = stopWordIn(all);
    if (stop) return { kind: 'stop', word: stop };
    const unknown: Intent = { kind: 'unknown', text };
    const words = withoutFillers(this.wakeWord?.wordsAfter(all) ?? all);
    if (words.length === 0 || words.length > MAX_WORDS) return unknown;
    for (const row of this.rows) {
      const captures = this.#matchAll(row.nodes, words);
      if (captures) {
        const intent = row.intent(captures, words.join(' '));
        if (hasFiniteNumbers(intent)) return intent;
      }
    }
    const correction = this.#interpretCorrection(words, context);
    if (correction) return correction;
    // A negated command is no command, and the motion that it forbids may be under way: hold.
    if (forbids(words)) return this.#isCommand(words) ? { kind: 'hold' } : unknown;
    if (!this.#isTask(words)) return unknown;
    const unknownWord = this.vocabulary.unknownNounIn(words);
    if (unknownWord !== undefined) return { ...unknown, unknownWord };
    return words.some((word) => this.vocabulary.isContentWord(word))
      ? { kind: 'instruct', text: words.join(' ') }
      : unknown;
  }

  #matchAll(nodes: readonly PatternNode[], words: readonly string[]): Captures | undefined {
    for (const node of nodes) {
      const reading = this.grammar.parse(node, words, 0).find(({ end }) => end === words.length);
      if (reading) return new Captures(reading.pairs);
    }
    return undefined;
  }

  #interpretCorrection(words: readonly string[], { instruction }: InterpretContext): Intent | undefined {
    if (!this.#matchAll(this.corrections, words)) return this.#interpretReplacement(words);
    // "not the red one, the blue one" means the second object.
    const from = words.includes('not') ? words.lastIndexOf('the') : 0;
    const meant = words.slice(from).filter((word) => !CORRECTION_WORDS.has(word));
    const text = instruction === undefined ? meant.join(' ') : applyCorrection(instruction, meant, this.vocabulary);
    return { kind: 'instruct', text, corrects: 'last' };
  }

  /** Reads "no" and a command after it as that command. */
  #interpretReplacement(words: readonly string[]): Intent | undefined {
    if (words[0] !== 'no' || words.length < 2) return undefined;
    const rest = words.slice(1);
    // "no higher" forbids more of the same; "no, left" corrects.
    if (rest.length === 1 && COMPARATIVES.has(rest[0])) return { kind: 'hold' };
    const intent = this.interpret(rest.join(' '));
    if (intent.kind === 'unknown') return undefined;
    // "no need to pick up the red cube"
    if (intent.kind === 'instruct' && !this.vocabulary.isTaskVerb(withoutFillers(rest)[0])) return undefined;
    return intent.kind === 'instruct' ? { ...intent, corrects: 'last' } : intent;
  }

  /** True when a negated sentence forbids an action: it holds a verb of tasks or motion. */
  #isCommand(words: readonly string[]): boolean {
    const isVerb = (word: string) => this.vocabulary.isTaskVerb(word) || MOTION_VERBS.has(word);
    // "avoid picking it up": "picking", "taking" and "grabbing" without their ending.
    const stems = (word: string) => (word.endsWith('ing') ? stemsOf(word.slice(0, -3)) : []);
    return words.some((word) => isVerb(word) || stems(word).some(isVerb));
  }

  /** True when a sentence outside the table gives a task: it asks for something with a task verb, and is no motion of the arm. */
  #isTask(words: readonly string[]): boolean {
    if (words.length < 2 || !words.some((word) => this.vocabulary.isTaskVerb(word))) return false;
    return isRequest(words, this.vocabulary) && !excludes(words) && !namesMotion(words, this.vocabulary);
  }
}

const stemsOf = (stem: string): readonly string[] => [stem, `${stem}e`, stem.slice(0, -1)];

/** Words that mark a correction and are not part of it. */
const CORRECTION_WORDS = new Set(['no', 'i', 'meant', 'mean', 'said', 'instead']);
const COMPARATIVES = new Set(['higher', 'lower', 'faster', 'quicker', 'slower']);
const MOTION_VERBS = new Set(['do', 'move', 'go', 'rotate', 'continue', 'tilt', 'release', 'grip', 'squeeze']);

/** True when all numbers of an intent are finite: a typed number can overflow, or be divided by zero. */
const hasFiniteNumbers = (intent: Intent): boolean =>
  Object.values(intent).every((value) => typeof value !== 'number' || Number.isFinite(value));
