import { InputError } from '@praxis/core';
import type { Extension } from '../../language/things.ts';
import type { Recogniser, Recognition } from '../../recognition/recogniser.ts';
import type { Answering } from '../answering/answering.ts';
import { findPocketSphinx, NOT_HERE, type PocketSphinxFiles } from './find.ts';
import type { Heard } from './messages.ts';
import { startThread } from './thread.ts';

/** @throws {InputError} that says how to get it, without the library and its model */
export function required(files: PocketSphinxFiles | undefined): PocketSphinxFiles {
  if (!files) throw new InputError(NOT_HERE);
  return files;
}

/** Commands by PocketSphinx. */
export class PocketSphinx implements Recogniser {
  readonly #thread: Answering<Heard, Recognition>;
  readonly gone: Promise<string>;

  private constructor(thread: Answering<Heard, Recognition>) {
    this.#thread = thread;
    this.gone = thread.gone;
  }

  /**
   * @param extension of the loaded policy: words that people may say besides
   * @throws {InputError} when the library or its model is missing (and how to get it) or does not start
   */
  static async start(
    extension: Extension = { words: [], instructions: [] },
    files: PocketSphinxFiles | undefined = findPocketSphinx(),
  ): Promise<PocketSphinx> {
    return new PocketSphinx(await startThread({ files: required(files), extension }));
  }

  recognise(samples: Float32Array, plain?: Float32Array): Promise<Recognition> {
    return this.#thread.ask({ samples, plain });
  }

  close(): Promise<void> {
    return this.#thread.close();
  }
}
