import { toInt16 } from '../../audio/wav.ts';
import { STOP_WORDS, stopWordIn } from '../../language/stop-words.ts';
import type { PocketSphinxFiles } from './find.ts';
import { type NativeDecoder, openPocketSphinx } from './library.ts';
import { CURTAILED, STOP_SOUNDS } from './stop-sounds.ts';

type Expected = Readonly<Record<(typeof STOP_WORDS)[number], number>>;

/**
 * How much likelier a stop word is than any other of the language, before anything was heard. "Hold" and "please" are said often, and in
 * noise they are nearly "halt" and "freeze".
 */
const EXPECTED: Readonly<Record<'clear' | 'noisy', Expected>> = {
  clear: { stop: 3_000, halt: 3_000, freeze: 3_000, emergency: 3_000, abort: 3_000 },
  noisy: { stop: 3_000, halt: 1, freeze: 1, emergency: 3_000, abort: 3_000 },
};
/** Speech that stands out by so much is in a quiet room (dB). */
const CLEAR = 32;
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
    for (const room of ['clear', 'noisy'] as const) {
      const stops = STOP_WORDS.map((word) => `/${EXPECTED[room][word]}/ ${word}`);
      const any = [...stops, ...others.map((word) => `/1/ ${word}`)].join(' | ');
      this.#decoder.useGrammar(`#JSGF V1.0;\ngrammar words;\npublic <words> = ( ${any} )+ ;\n`, room);
    }
  }

  /**
   * @param samples 16 kHz: what was said last, a word or two before the one in question as well
   * @param contrast by how much speech stands out of the noise (dB)
   * @returns whether a stop word is found that ends there (s from the first sample)
   */
  look(samples: Float32Array, contrast: number): (end: number) => boolean {
    this.#decoder.select(contrast >= CLEAR ? 'clear' : 'noisy');
    this.#decoder.start();
    for (let at = 0; at < samples.length; at += BLOCK) {
      this.#decoder.push(Int16Array.from(samples.subarray(at, at + BLOCK), toInt16));
    }
    this.#decoder.end();
    const ends = this.#decoder
      .words()
      .filter(({ word }) => stopWordIn([word]))
      .map(({ frame }) => (frame + 1) / FRAMES_PER_SECOND);
    return (end) => ends.some((each) => Math.abs(each - end) <= NEAR);
  }

  close(): void {
    this.#decoder.free();
  }
}
