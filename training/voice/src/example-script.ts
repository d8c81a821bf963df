import type { Random } from '@praxis/core';
import { STOP_WORDS, stopWordIn } from '@praxis/core';
import { drawPhrases } from '@praxis/evaluation';
import type { Language } from '@praxis/teleop';
import { sampleWording } from '@praxis/teleop';
import { COMMON_WORDS, CONFUSABLE_WORDS } from './word-lists.ts';

/** A phrase that is spoken without a pause. */
export interface ScriptPart {
  readonly text: string;
  /** The stop word at its end. */
  readonly stop?: string;
}

/** The content of one training example: speech, a human recording, or noise alone. */
export type ExampleScript =
  | { readonly kind: 'speech'; readonly parts: readonly ScriptPart[] }
  | { readonly kind: 'recording' }
  | { readonly kind: 'noise' };

/** Phrases before a stop word. */
const PREFIX_PHRASES = [
  'please',
  'robot',
  'now',
  'no',
  'okay',
  'hey',
  'and',
  'hey robot',
  'wait',
  'oh',
  'just',
  'you must',
] as const;
/** Phrases after a stop word. */
const SUFFIX_PHRASES = [
  'now',
  'it',
  'please',
  'right now',
  'there',
  'robot',
  'the robot',
  'at once',
  'moving',
] as const;

/** Number of instructions to draw phrases from. */
const INSTRUCTION_COUNT = 600;

/** Mix of examples. `commands`: mostly robot commands, which must not be mistaken for stop words. `everything`: all kinds. */
export type DatasetMix = 'everything' | 'commands';

/** Draws scripts of training examples. Nearly half of them hold a stop word, or a fifth in the mix `commands`. */
export class ExampleScripts {
  readonly #mix: DatasetMix;
  readonly #commands: readonly string[];
  readonly #instructions: readonly string[];
  readonly #words: readonly string[];

  /**
   * @param language command language to draw commands and instructions from
   * @param words English words in lower case; stop words among them are left out
   * @param random source of the phrases that all scripts draw from
   */
  constructor(language: Language, words: readonly string[], random: Random, mix: DatasetMix = 'everything') {
    this.#mix = mix;
    this.#commands = drawPhrases(language, 40, random)
      .map(({ text }) => text)
      .filter((text) => stopWordIn(text.split(' ')) === undefined);
    const instructing = language.rows.filter(({ kind }) => kind === 'instruct').flatMap(({ nodes }) => nodes);
    const instructions = Array.from({ length: INSTRUCTION_COUNT }, () =>
      sampleWording(language, random.pick(instructing), random),
    );
    this.#instructions = instructions.filter((text) => stopWordIn(text.split(' ')) === undefined);
    this.#words = words.filter((word) => !/^(stop|halt|freez|emergenc|abort|froze|estop)/.test(word));
  }

  /** Draws one script. */
  draw(random: Random): ExampleScript {
    return this.#mix === 'commands' ? this.#drawCommand(random) : this.#drawAny(random);
  }

  #drawCommand(random: Random): ExampleScript {
    const which = random.uniform(0, 1);
    if (which < 0.2) return { kind: 'speech', parts: this.#drawStopParts(random) };
    if (which < 0.6) return { kind: 'speech', parts: [{ text: random.pick(this.#instructions) }] };
    if (which < 0.85) return { kind: 'speech', parts: [{ text: random.pick(this.#commands) }] };
    return { kind: 'speech', parts: [{ text: this.#drawConfusable(random) }] };
  }

  #drawAny(random: Random): ExampleScript {
    const which = random.uniform(0, 1);
    if (which < 0.45) return { kind: 'speech', parts: this.#drawStopParts(random) };
    if (which < 0.6) return { kind: 'speech', parts: [{ text: random.pick(this.#commands) }] };
    if (which < 0.75) return { kind: 'speech', parts: [{ text: this.#drawConfusable(random) }] };
    if (which < 0.9) return { kind: 'speech', parts: [{ text: this.drawRandomWords(random) }] };
    return { kind: which < 0.97 ? 'recording' : 'noise' };
  }

  #drawStopParts(random: Random): readonly ScriptPart[] {
    const stop = random.chance(0.3) ? 'stop' : random.pick(STOP_WORDS);
    const stopPhrase = stop === 'stop' && random.chance(0.15) ? 'emergency stop' : stop;
    const text = `${this.#drawPrefix(random)} ${stopPhrase}`.trim();
    const again = random.chance(0.15) ? [{ text: stop, stop }] : [];
    const after = random.chance(0.3) ? [{ text: this.#drawSuffix(random) }] : [];
    return [{ text, stop }, ...again, ...after];
  }

  #drawPrefix(random: Random): string {
    const which = random.uniform(0, 1);
    if (which < 0.45) return '';
    if (which < 0.65) return random.pick(PREFIX_PHRASES);
    if (which < 0.8) return `${random.pick(this.#commands)}${random.chance(0.5) ? ' and' : ''}`;
    return this.drawRandomWords(random);
  }

  #drawSuffix(random: Random): string {
    const which = random.uniform(0, 1);
    if (which < 0.5) return random.pick(SUFFIX_PHRASES);
    return which < 0.75 ? random.pick(this.#commands) : this.drawRandomWords(random);
  }

  /** Draws a word that sounds like a stop word, alone or among others. */
  #drawConfusable(random: Random): string {
    const word = random.pick(CONFUSABLE_WORDS);
    const which = random.uniform(0, 1);
    if (which < 0.4) return word;
    if (which < 0.6) return `${random.pick(CONFUSABLE_WORDS)} ${word}`;
    const words = this.drawRandomWords(random).split(' ');
    words[random.integer(words.length)] = word;
    return words.join(' ');
  }

  /** Draws two to nine words in random order. */
  drawRandomWords(random: Random): string {
    const length = 2 + random.integer(8);
    const word = () => (random.chance(0.55) ? random.pick(COMMON_WORDS) : random.pick(this.#words));
    return Array.from({ length }, word).join(' ');
  }
}
