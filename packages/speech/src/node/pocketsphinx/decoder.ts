import { InputError } from '@praxis/core';
import { toInt16 } from '../../audio/wav.ts';
import { jsgfOf, wordsOfGrammar } from '../../language/jsgf.ts';
import { Language } from '../../language/language.ts';
import { stopWordIn } from '../../language/stop-words.ts';
import type { Extension } from '../../language/things.ts';
import type { HeardStop, Recognition } from '../../recognition/recogniser.ts';
import { type ByContrast, byContrast } from './contrast.ts';
import type { PocketSphinxFiles } from './find.ts';
import { type NativeDecoder, openPocketSphinx } from './library.ts';

/** Words of the table that the dictionary lacks. */
const PRONUNCIATIONS: Readonly<Record<string, string>> = {
  leftmost: 'L EH F T M OW S T',
  rightmost: 'R AY T M OW S T',
  radian: 'R EY D IY AH N',
  radians: 'R EY D IY AH N Z',
  weightier: 'W EY T IY ER',
};

/**
 * Grammar minus phones, per frame: less is no command. Noise makes the grammar worse more than it makes phones worse, and
 * what is no command as well.
 */
const THRESHOLD: ByContrast = { clear: -20, noisy: -26 };
/** A single word fits worse than a sentence does: its threshold is lower, from one length to the other (s). */
const SHORT = { from: 1.2, to: 0.8, lower: 5 };
/** Difference that makes the confidence 0.73. */
const SLOPE = 3;
const FRAMES_PER_SECOND = 100;
const RATE = 16_000;
const BLOCK = 512;
/** Silence on both sides (samples): an utterance that begins at once loses its first word. */
const PADDING = 4_000;

/** 0..1 */
const shortness = (seconds: number): number =>
  Math.min(1, Math.max(0, (SHORT.from - seconds) / (SHORT.from - SHORT.to)));

/**
 * Two decoders side by side: one knows the command grammar only and finds a command in whatever is said, the other takes
 * any phones; how much worse the first explains the sound says whether it was a command at all.
 */
export class CommandDecoder {
  readonly #commands: NativeDecoder;
  readonly #phones: NativeDecoder;

  /**
   * @param extension of the loaded policy; words without a pronunciation are left out
   * @throws {InputError} when the library refuses the model or the grammar, and on a wake word without a pronunciation
   */
  constructor(files: PocketSphinxFiles, extension: Extension) {
    const open = openPocketSphinx(files);
    this.#commands = open([]);
    this.#phones = open(['-allphone_ci', 'yes', '-beam', '1e-20', '-pbeam', '1e-20', '-lw', '2.0']);
    this.#phones.usePhones();
    for (const [word, phones] of Object.entries(PRONUNCIATIONS)) {
      if (!this.#commands.knows(word)) this.#commands.addWord(word, phones);
    }
    const known = (text: string) => wordsOfGrammar(`\n\n=${text}`).every((word) => this.#commands.knows(word));
    const { words, instructions, wakeWord } = extension;
    const language = new Language({
      words: words.filter(known),
      instructions: instructions.filter(known),
      wakeWord,
    });
    const strange = language.wakeWord?.words.find((word) => !this.#commands.knows(word));
    if (strange) throw new InputError(`wake word "${strange}": the dictionary has no pronunciation of it`);
    this.#commands.useGrammar(jsgfOf(language));
  }

  /** @param samples one utterance of 16 kHz */
  recognise(samples: Float32Array, contrast: number): Recognition {
    const began = performance.now();
    const padded = new Int16Array(samples.length + 2 * PADDING);
    for (let i = 0; i < samples.length; i++) padded[PADDING + i] = toInt16(samples[i]);
    const detected = this.#decode(this.#commands, padded);
    const best = this.#commands.best();
    const frames = this.#commands.frames();
    this.#decode(this.#phones, padded);
    const phones = this.#phones.best();
    const margin = best && phones ? (best.score - phones.score) / Math.max(frames, 1) : Number.NEGATIVE_INFINITY;
    const threshold = byContrast(THRESHOLD, contrast) - SHORT.lower * shortness(samples.length / RATE);
    return {
      text: best?.text ?? '',
      confidence: 1 / (1 + Math.exp(-(margin - threshold) / SLOPE)),
      accepted: best && margin >= threshold ? 'yes' : 'no',
      stops: this.#stops(detected, samples.length / RATE),
      compute: (performance.now() - began) / 1000,
    };
  }

  /** @returns when a stop word first stood in the best path (s of the padded sound), and which */
  #decode(decoder: NativeDecoder, padded: Int16Array): { readonly word: string; readonly at: number } | undefined {
    let found: { readonly word: string; readonly at: number } | undefined;
    decoder.start();
    for (let at = 0; at < padded.length; at += BLOCK) {
      decoder.push(padded.slice(at, at + BLOCK));
      if (found || decoder !== this.#commands) continue;
      const word = stopWordIn((decoder.best()?.text ?? '').split(' '));
      if (word) found = { word, at: Math.min(at + BLOCK, padded.length) / RATE };
    }
    decoder.end();
    return found;
  }

  /** Stop words of the final path; one that only stood in an earlier path counts as well: a false stop is safe. */
  #stops(first: { readonly word: string; readonly at: number } | undefined, seconds: number): readonly HeardStop[] {
    const inUtterance = (time: number) => Math.min(Math.max(time - PADDING / RATE, 0), seconds);
    const final = this.#commands
      .words()
      .filter(({ word }) => stopWordIn([word]))
      .map(({ word, frame }) => ({ word, end: inUtterance((frame + 1) / FRAMES_PER_SECOND), detected: seconds }));
    if (!first) return final;
    const detected = inUtterance(first.at);
    if (final.length === 0) return [{ word: first.word, end: detected, detected }];
    return final.map((stop, i) => (i === 0 ? { ...stop, detected } : stop));
  }

  close(): void {
    this.#commands.free();
    this.#phones.free();
  }
}
