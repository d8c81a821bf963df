import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { joined, SPEECH_RATE } from '../../audio/audio.ts';
import { toInt16 } from '../../audio/wav.ts';
import type { HeardStop } from '../../recognition/recogniser.ts';
import { type ByContrast, byContrast } from './contrast.ts';
import type { PocketSphinxFiles } from './find.ts';
import { type NativeDecoder, openPocketSphinx } from './library.ts';

/** Decades by which a stop word must explain the sound better than is usual: above 0 fewer false stops, more missed ones. */
export type Strictness = number;
export const DEFAULT_STRICTNESS: Strictness = -4;

/**
 * How much better than mere sounds each word must explain what was heard (decades of likelihood), in a quiet room and in noise.
 * Short words are found in other ones more easily. `docs/voice-stops.md` has what comes of it.
 */
const THRESHOLDS: Readonly<Record<string, ByContrast>> = {
  stop: { clear: 1, noisy: -8 },
  halt: { clear: 3, noisy: -2.7 },
  freeze: { clear: 8, noisy: -1.3 },
  emergency: { clear: -15, noisy: -22 },
  abort: { clear: -3, noisy: -3 },
};

/** Frames that are waited for after a word in case it goes on. */
const DELAY = '4';
const FRAMES_PER_SECOND = 100;
/** The decoder's list of findings is emptied this often; what was heard last is heard again (s). */
const RENEWED = 20;
const AGAIN = 0.8;
/** One word is found once within this time (s). */
const SAME = 0.4;

/** Spots stop words in sound that goes on for ever. Memory: the last 0.8 s. */
export class StopDecoder {
  readonly #decoder: NativeDecoder;
  readonly #strictness: Strictness;
  /** Seconds that were heard before the decoder was renewed, and since. */
  #before = 0;
  #since = 0;
  #recent: Float32Array = new Float32Array(0);
  readonly #found = new Map<string, number>();

  /** @throws {InputError} when the library refuses the model or the words */
  constructor(files: PocketSphinxFiles, strictness: Strictness) {
    this.#strictness = strictness;
    this.#decoder = openPocketSphinx(files)(['-remove_noise', 'no', '-remove_silence', 'no', '-kws_delay', DELAY]);
    const folder = mkdtempSync(join(tmpdir(), 'praxis-stops-'));
    try {
      const path = join(folder, 'stop-words');
      const line = ([word, { noisy }]: [string, ByContrast]) => `${word} /${10 ** (noisy + strictness)}/\n`;
      writeFileSync(path, Object.entries(THRESHOLDS).map(line).join(''));
      this.#decoder.useKeywords(path);
    } finally {
      rmSync(folder, { recursive: true });
    }
    this.#decoder.start();
  }

  /** @param contrast by how much speech stands out of the noise (dB) */
  push(samples: Float32Array, contrast: number): readonly HeardStop[] {
    if (this.#since >= RENEWED) this.#renew();
    this.#hear(samples);
    const kept = joined([this.#recent, samples]);
    this.#recent = kept.slice(Math.max(0, kept.length - AGAIN * SPEECH_RATE));
    const detected = this.#before + this.#since;
    return this.#decoder.words().flatMap(({ word, frame, decades }) => {
      const end = Math.min(this.#before + (frame + 1) / FRAMES_PER_SECOND, detected);
      const last = this.#found.get(word) ?? Number.NEGATIVE_INFINITY;
      const needed = byContrast(THRESHOLDS[word], contrast) + this.#strictness;
      if (end <= last + SAME || decades < needed) return [];
      this.#found.set(word, end);
      return [{ word, end, detected }];
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
  }
}
