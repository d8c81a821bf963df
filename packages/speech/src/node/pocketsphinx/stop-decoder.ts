import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { joined, SPEECH_RATE } from '../../audio/audio.ts';
import { toInt16 } from '../../audio/wav.ts';
import type { SpottedWord as HeardWord } from '../../recognition/stop-spotter.ts';
import { byContrast } from './contrast.ts';
import type { PocketSphinxFiles } from './find.ts';
import { type NativeDecoder, openPocketSphinx, type SpottedWord } from './library.ts';
import { StopCheck } from './stop-check.ts';
import { SIMILAR, STOP_SOUNDS } from './stop-sounds.ts';

/** Decades by which a stop word must explain the sound better than is usual: above 0 fewer false stops, more missed ones. */
export type Strictness = number;
export const DEFAULT_STRICTNESS: Strictness = -4;

/** Frames that are waited for after a word in case it goes on. */
const DELAY = '4';
const FRAMES_PER_SECOND = 100;
/** By how much speech stands out of the noise (dB): of thresholds for a quiet room and for noise. */
const CONTRAST = { clear: 34, noisy: 20 };
/** Where nothing stands out by more than this nobody speaks (dB): a word that is found in the sound of a motor is none. */
const STEADY = 5;
/** Words that end so near to each other are made of the same sound (frames). */
const TOGETHER = 20;
/** From where on a similar word counts (decades). */
const SIMILAR_NEEDED = -10;
/** The decoder's list of findings is emptied this often; what was heard last is heard again (s). */
const RENEWED = 20;
const AGAIN = 1.2;
/** One word is found once within this time (s). */
const SAME = 0.4;

/** What ended longer ago was judged by the noise that there was then (s). */
const FRESH = 0.5;

/** What is spotted, by the name that the decoder has for it: a word may be said in several ways. */
const SOUNDS = new Map(STOP_SOUNDS.map((sound, i) => [`stop${i}`, sound]));
const OTHERS = new Map(SIMILAR.map((other, i) => [`similar${i}`, other]));

const explainsBetter = (one: SpottedWord, other: SpottedWord): boolean =>
  one.decades > other.decades && Math.abs(one.frame - other.frame) <= TOGETHER;

/** Spots stop words in sound that goes on for ever. Memory: the last 1.2 s. */
export class StopDecoder {
  readonly #decoder: NativeDecoder;
  readonly #check: StopCheck;
  readonly #strictness: Strictness;
  /** Seconds that were heard before the decoder was renewed, and since. */
  #before = 0;
  #since = 0;
  #recent: Float32Array = new Float32Array(0);
  readonly #found = new Map<string, number>();

  /** @throws {InputError} when the library refuses the model or the words */
  constructor(files: PocketSphinxFiles, strictness: Strictness, words: readonly string[]) {
    this.#strictness = strictness;
    this.#check = new StopCheck(files, words);
    const folder = mkdtempSync(join(tmpdir(), 'praxis-stops-'));
    try {
      const [dictionary, keywords] = [join(folder, 'dictionary'), join(folder, 'keywords')];
      // The words' own dictionary: the whole one takes a second to load.
      writeFileSync(dictionary, [...SOUNDS, ...OTHERS].map(([name, { phones }]) => `${name} ${phones}\n`).join(''));
      const lines = [
        ...[...SOUNDS].map(([name, { needed }]) => `${name} /${10 ** (needed.noisy + strictness)}/\n`),
        ...[...OTHERS].map(([name]) => `${name} /${10 ** SIMILAR_NEEDED}/\n`),
      ];
      writeFileSync(keywords, lines.join(''));
      const options = ['-remove_noise', 'no', '-remove_silence', 'no', '-kws_delay', DELAY];
      this.#decoder = openPocketSphinx({ ...files, dictionary })(options);
      this.#decoder.useKeywords(keywords);
    } finally {
      rmSync(folder, { recursive: true });
    }
    this.#decoder.start();
  }

  /** @param contrast by how much speech stands out of the noise (dB) */
  push(samples: Float32Array, contrast: number): readonly HeardWord[] {
    if (this.#since >= RENEWED) this.#renew();
    this.#hear(samples);
    const kept = joined([this.#recent, samples]);
    this.#recent = kept.slice(Math.max(0, kept.length - AGAIN * SPEECH_RATE));
    const detected = this.#before + this.#since;
    if (contrast < STEADY) return [];
    const spotted = this.#decoder.words();
    const from = detected - this.#recent.length / SPEECH_RATE;
    // Several words may be spotted in the same sound: one look is enough for all.
    let confirmed: ((end: number) => boolean) | undefined;
    return spotted.flatMap((each) => {
      const sound = SOUNDS.get(each.word);
      if (!sound) return [];
      const { word, needed } = sound;
      const end = Math.min(this.#before + (each.frame + 1) / FRAMES_PER_SECOND, detected);
      const last = this.#found.get(word) ?? Number.NEGATIVE_INFINITY;
      if (end <= last + SAME || end < detected - FRESH) return [];
      if (each.decades < byContrast(needed, contrast, CONTRAST) + this.#strictness) return [];
      if (spotted.some((other) => OTHERS.get(other.word)?.to === word && explainsBetter(other, each))) return [];
      this.#found.set(word, end);
      confirmed ??= this.#check.look(this.#recent, contrast);
      const certainty = confirmed(end - from) ? 'sure' : 'suspected';
      return [{ word, end, detected, certainty }];
    });
  }

  #hear(samples: Float32Array): void {
    this.#decoder.push(Int16Array.from(samples, toInt16));
    this.#since += samples.length / SPEECH_RATE;
  }

  #renew(): void {
    this.#decoder.end();
    this.#decoder.start();
    this.#before += this.#since - this.#recent.length / SPEECH_RATE;
    this.#since = 0;
    this.#hear(this.#recent);
  }

  close(): void {
    this.#decoder.free();
    this.#check.close();
  }
}
