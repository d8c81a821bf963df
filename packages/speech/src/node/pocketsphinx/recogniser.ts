import { InputError } from '@praxis/core';
import type { Extension } from '../../language/things.ts';
import type { Recogniser, Recognition } from '../../recognition/recogniser.ts';
import type { WordNetwork } from '../../rescoring/word-network.ts';
import { type Answering, startThread } from '../answering/answering.ts';
import { loadWordNetwork } from '../files.ts';
import { findPocketSphinx, NOT_HERE, type PocketSphinxFiles } from './find.ts';
import type { PocketSphinxService, WorkerData } from './messages.ts';

/** Runs in a thread of its own. */
const MODULE = new URL('./worker.mjs', import.meta.url);

/** @throws {InputError} that says how to get it, without the library and its model */
export function required(files: PocketSphinxFiles | undefined): PocketSphinxFiles {
  if (!files) throw new InputError(NOT_HERE);
  return files;
}

/** Commands by PocketSphinx. */
export class PocketSphinx implements Recogniser {
  readonly #thread: Answering<PocketSphinxService>;
  readonly #network: WordNetwork;
  #closed = false;
  readonly gone: Promise<string>;

  private constructor(thread: Answering<PocketSphinxService>, network: WordNetwork) {
    this.#thread = thread;
    this.#network = network;
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
    const found = required(files);
    const network = await loadWordNetwork();
    const data: WorkerData = { files: found, extension, words: network.words };
    try {
      const thread = await startThread<PocketSphinxService>(MODULE, data, 'PocketSphinx');
      return new PocketSphinx(thread, network);
    } catch (error) {
      await network.close();
      throw error;
    }
  }

  async recognise(samples: Float32Array, plain?: Float32Array): Promise<Recognition> {
    if (this.#closed) throw new InputError('PocketSphinx is gone: it was closed');
    const began = performance.now();
    const rows = await this.#network.hear(samples);
    const heard = (performance.now() - began) / 1000;
    const recognition = await this.#thread.client.call('recognise', { samples, plain, rows });
    return { ...recognition, compute: heard + recognition.compute };
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#thread.client.close();
    await this.#network.close();
  }
}
