import { toInt16 } from '../../audio/wav.ts';
import { STOP_WORDS, stopWordIn } from '../../language/stop-words.ts';
import type { PocketSphinxFiles } from './find.ts';
import { type NativeDecoder, openPocketSphinx } from './library.ts';
import { CURTAILED, STOP_SOUNDS } from './stop-sounds.ts';

/**
 * How much likelier a stop word is than any other of the language, before anything was heard. "Hold" and "please" are said often, and nearly
 * are "halt" and "freeze".
 */
const EXPECTED: Readonly<Record<(typeof STOP_WORDS)[number], number>> = {
  stop: 100,
  halt: 0.1,
  freeze: 0.1,
  emergency: 100,
  abort: 100,
};
/** A stop word that ends so near to where one was spotted is that one (s). */
const NEAR = 0.25;
const FRAMES_PER_SECOND = 100;
const BLOCK = 512;

/**
 * Looks once more at what was spotted: takes what was said last for words of the command language in any order, and sees whether a stop
 * word is among them. "Take hold of" sounds like "halt", until "hold" is asked as well.
 */
export class StopCheck {
  readonly #decoder: NativeDecoder;

  /**
   * @param words of the command language; those without a pronunciation are left out
   * @throws {InputError} when the library refuses the model
   */
  constructor(files: PocketSphinxFiles, words: readonly string[]) {
    this.#decoder = openPocketSphinx(files)(['-remove_noise', 'no', '-remove_silence', 'no']);
    // Numbered as ways beside those that the dictionary has. Ways that lack a consonant are in too many other words.
    for (const [i, { word, phones }] of STOP_SOUNDS.entries()) {
      if (!CURTAILED.has(phones)) this.#decoder.addWord(`${word}(${i + 20})`, phones);
    }
    const others = words.filter((word) => !stopWordIn([word]) && this.#decoder.knows(word));
    const any = [...STOP_WORDS.map((word) => `/${EXPECTED[word]}/ ${word}`), ...others.map((word) => `/1/ ${word}`)];
    this.#decoder.useGrammar(`#JSGF V1.0;\ngrammar words;\npublic <words> = ( ${any.join(' | ')} )+ ;\n`);
  }

  /**
   * @param samples 16 kHz: what was said last, a word or two before the one in question as well
   * @param end of that word (s from the first of them)
   */
  confirms(samples: Float32Array, end: number): boolean {
    this.#decoder.start();
    for (let at = 0; at < samples.length; at += BLOCK) {
      this.#decoder.push(Int16Array.from(samples.subarray(at, at + BLOCK), toInt16));
    }
    this.#decoder.end();
    const isIt = (frame: number): boolean => Math.abs((frame + 1) / FRAMES_PER_SECOND - end) <= NEAR;
    return this.#decoder.words().some(({ word, frame }) => stopWordIn([word]) !== undefined && isIt(frame));
  }

  close(): void {
    this.#decoder.free();
  }
}
