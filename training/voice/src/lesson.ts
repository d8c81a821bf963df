import type { Random } from '@praxis/core';
import { STOP_WORDS, stopWordIn } from '@praxis/core';
import { drawPhrases } from '@praxis/evaluation';
import type { Language } from '@praxis/teleop';
import { sample } from '@praxis/teleop';
import { ALIKE, COMMON } from './vocabulary.ts';

/** Something that is said in one go. */
export interface Part {
  readonly text: string;
  /** The stop word that it ends with. */
  readonly stop?: string;
}

/** What one lesson for the spotter of stop words holds: speech, a recording, or nothing but noise. */
export type Lesson =
  | { readonly kind: 'speech'; readonly parts: readonly Part[] }
  | { readonly kind: 'recording' }
  | { readonly kind: 'noise' };

const BEFORE = [
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
const AFTER = ['now', 'it', 'please', 'right now', 'there', 'robot', 'the robot', 'at once', 'moving'] as const;

/** Wordings of instructions. */
const INSTRUCTIONS = 600;

/** `commands`: most of them what people tell a robot to do, which must not be taken for stop words. */
export type Subject = 'everything' | 'commands';

/** Draws lessons: nearly half of them, or of commands a fifth, hold a stop word. */
export class Lessons {
  readonly #subject: Subject;
  readonly #commands: readonly string[];
  readonly #instructions: readonly string[];
  readonly #words: readonly string[];

  /** @param words many words of the language, in lower case: those that are stop words are left out */
  constructor(language: Language, words: readonly string[], random: Random, subject: Subject = 'everything') {
    this.#subject = subject;
    this.#commands = drawPhrases(language, 40, random)
      .map(({ text }) => text)
      .filter((text) => stopWordIn(text.split(' ')) === undefined);
    const instructing = language.rows.filter(({ kind }) => kind === 'instruct').flatMap(({ nodes }) => nodes);
    const instructions = Array.from({ length: INSTRUCTIONS }, () => sample(language, random.pick(instructing), random));
    this.#instructions = instructions.filter((text) => stopWordIn(text.split(' ')) === undefined);
    this.#words = words.filter((word) => !/^(stop|halt|freez|emergenc|abort|froze|estop)/.test(word));
  }

  draw(random: Random): Lesson {
    return this.#subject === 'commands' ? this.#drawCommand(random) : this.#drawAny(random);
  }

  #drawCommand(random: Random): Lesson {
    const which = random.uniform(0, 1);
    if (which < 0.2) return { kind: 'speech', parts: this.#stop(random) };
    if (which < 0.6) return { kind: 'speech', parts: [{ text: random.pick(this.#instructions) }] };
    if (which < 0.85) return { kind: 'speech', parts: [{ text: random.pick(this.#commands) }] };
    return { kind: 'speech', parts: [{ text: this.#alike(random) }] };
  }

  #drawAny(random: Random): Lesson {
    const which = random.uniform(0, 1);
    if (which < 0.45) return { kind: 'speech', parts: this.#stop(random) };
    if (which < 0.6) return { kind: 'speech', parts: [{ text: random.pick(this.#commands) }] };
    if (which < 0.75) return { kind: 'speech', parts: [{ text: this.#alike(random) }] };
    if (which < 0.9) return { kind: 'speech', parts: [{ text: this.talk(random) }] };
    return { kind: which < 0.97 ? 'recording' : 'noise' };
  }

  #stop(random: Random): readonly Part[] {
    const stop = random.chance(0.3) ? 'stop' : random.pick(STOP_WORDS);
    const said = stop === 'stop' && random.chance(0.15) ? 'emergency stop' : stop;
    const text = `${this.#before(random)} ${said}`.trim();
    const again = random.chance(0.15) ? [{ text: stop, stop }] : [];
    const after = random.chance(0.3) ? [{ text: this.#after(random) }] : [];
    return [{ text, stop }, ...again, ...after];
  }

  #before(random: Random): string {
    const which = random.uniform(0, 1);
    if (which < 0.45) return '';
    if (which < 0.65) return random.pick(BEFORE);
    if (which < 0.8) return `${random.pick(this.#commands)}${random.chance(0.5) ? ' and' : ''}`;
    return this.talk(random);
  }

  #after(random: Random): string {
    const which = random.uniform(0, 1);
    if (which < 0.5) return random.pick(AFTER);
    return which < 0.75 ? random.pick(this.#commands) : this.talk(random);
  }

  /** Words that sound like stop words, alone or among others. */
  #alike(random: Random): string {
    const word = random.pick(ALIKE);
    const which = random.uniform(0, 1);
    if (which < 0.4) return word;
    if (which < 0.6) return `${random.pick(ALIKE)} ${word}`;
    const words = this.talk(random).split(' ');
    words[random.integer(words.length)] = word;
    return words.join(' ');
  }

  /** Words in any order. */
  talk(random: Random): string {
    const length = 2 + random.integer(8);
    const word = () => (random.chance(0.55) ? random.pick(COMMON) : random.pick(this.#words));
    return Array.from({ length }, word).join(' ');
  }
}
