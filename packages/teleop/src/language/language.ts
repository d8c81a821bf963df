import { stopWordIn } from '@praxis/core';
import { EMPTY_VOCABULARY, type Extension } from '@praxis/policy';
import { Captures } from './captures.ts';
import { CORRECTIONS, type Row, rows as table } from './commands.ts';
import type { Intent } from './intent.ts';
import { MAX_WORDS, withoutFillers, wordsIn } from './normalise.ts';
import { type Node, parsePattern } from './notation.ts';
import { numberRules, quantityRules } from './numbers.ts';
import { RuleBook } from './rules.ts';
import { corrected, Things } from './things.ts';
import { WakeWord } from './wake-word.ts';
import { mannerWords, motionWords, turnWords } from './words.ts';

/** What was said before, as far as it matters to what is said now. */
export interface Context {
  /** Text of the last instruction: a correction changes it. */
  readonly instruction?: string;
}

export interface CompiledRow extends Row {
  readonly nodes: readonly Node[];
}

const NEGATIONS = ['not', 'never'];

/** The command language: one table, extended by what a policy knows. */
export class Language {
  readonly book: RuleBook;
  readonly rows: readonly CompiledRow[];
  readonly corrections: readonly Node[];
  readonly things: Things;
  readonly wakeWord: WakeWord | undefined;

  /** @throws {InputError} on an instruction of the extension that breaks the notation or names an unknown rule; on no wake word. */
  constructor(extension: Extension = EMPTY_VOCABULARY) {
    this.things = new Things(extension);
    this.wakeWord = extension.wakeWord === undefined ? undefined : new WakeWord(extension.wakeWord);
    this.book = new RuleBook([
      ...numberRules,
      ...quantityRules,
      ...motionWords,
      ...turnWords,
      ...mannerWords,
      ...this.things.rules(),
    ]);
    this.rows = table.map((row, i) => {
      const own = i === table.length - 1 ? extension.instructions : [];
      return { ...row, nodes: [...row.patterns, ...own].map(parsePattern) };
    });
    this.corrections = CORRECTIONS.map((pattern) => parsePattern(pattern));
    for (const node of [...this.rows.flatMap(({ nodes }) => nodes), ...this.corrections]) this.book.check(node);
  }

  /** What a text wants, written or heard. Never throws, whatever the text. */
  interpret(text: string, context: Context = {}): Intent {
    const all = wordsIn(text);
    const stop = stopWordIn(all);
    if (stop) return { kind: 'stop', word: stop };
    const unknown: Intent = { kind: 'unknown', text };
    const words = withoutFillers(this.wakeWord?.after(all) ?? all);
    if (words.length === 0 || words.length > MAX_WORDS) return unknown;
    for (const row of this.rows) {
      const captures = this.#whole(row.nodes, words);
      if (captures) {
        const intent = row.intent(captures, words.join(' '));
        if (holdsNumbers(intent)) return intent;
      }
    }
    const correction = this.#correction(words, context);
    if (correction) return correction;
    // A command with a negation is none, and what it forbids may be going on: stay where you are.
    if (words.some((word) => NEGATIONS.includes(word)) && this.#isCommand(words)) return { kind: 'hold' };
    return this.#isInstruction(words) ? { kind: 'instruct', text: words.join(' ') } : unknown;
  }

  #whole(nodes: readonly Node[], words: readonly string[]): Captures | undefined {
    for (const node of nodes) {
      const reading = this.book.read(node, words, 0).find(({ end }) => end === words.length);
      if (reading) return new Captures(reading.pairs);
    }
    return undefined;
  }

  #correction(words: readonly string[], { instruction }: Context): Intent | undefined {
    if (!this.#whole(this.corrections, words)) return this.#instead(words);
    // Of "not the red one, the blue one" the second thing is meant.
    const from = words.includes('not') ? words.lastIndexOf('the') : 0;
    const meant = words.slice(from).filter((word) => !CORRECTING.has(word));
    const text = instruction === undefined ? meant.join(' ') : corrected(instruction, meant, this.things);
    return { kind: 'instruct', text, corrects: 'last' };
  }

  /** After "no" another command. */
  #instead(words: readonly string[]): Intent | undefined {
    if (words[0] !== 'no' || words.length < 2) return undefined;
    const intent = this.interpret(words.slice(1).join(' '));
    if (intent.kind === 'unknown') return undefined;
    return intent.kind === 'instruct' ? { ...intent, corrects: 'last' } : intent;
  }

  /** With the negation and what is around it taken out there is something to do left. */
  #isCommand(words: readonly string[]): boolean {
    return words.some((word) => this.things.isTask(word) || MOTION.has(word));
  }

  /** A task in words that no row foresees: begins with a verb of tasks and names a thing, or is made of known words. */
  #isInstruction(words: readonly string[]): boolean {
    if (words.length < 2) return false;
    const names = words.some((word) => this.things.names(word));
    if (this.things.isTask(words[0]) && (names || words.some((word) => DETERMINERS.has(word)))) return true;
    const known = words.filter((word) => this.things.knows(word)).length;
    return names && words.some((word) => this.things.isTask(word)) && known >= 0.75 * words.length;
  }
}

/** Says that it is a correction, not what is meant. */
const CORRECTING = new Set(['no', 'i', 'meant', 'mean', 'said', 'instead']);
const DETERMINERS = new Set(['the', 'that', 'this', 'it']);
const MOTION = new Set(['do', 'move', 'go', 'rotate', 'continue', 'tilt', 'release', 'grip', 'squeeze']);

/** Figures may be written that no number holds. */
const holdsNumbers = (intent: Intent): boolean =>
  Object.values(intent).every((value) => typeof value !== 'number' || Number.isFinite(value));
