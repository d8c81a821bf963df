import { InputError } from '@praxis/core';
import type { GrammarSource } from '../../recognition/command-grammar.ts';
import type { Recogniser, Recognition } from '../../recognition/recogniser.ts';
import type { WordNetwork } from '../../rescoring/word-network.ts';
import { type Answering, startThread } from '../answering/answering.ts';
import { loadWordNetwork } from '../weights/load.ts';
import { findPocketSphinx, NOT_HERE, type PocketSphinxFiles } from './find.ts';
import type { PocketSphinxService, WorkerData } from './worker.ts';

/** Runs in a thread of its own. */
const MODULE = new URL('./worker.mjs', import.meta.url);

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
   * @param grammar the commands to listen for
   * @throws {InputError} when the library or its model is missing (and how to get it) or does not start
   */
  static async start(
    grammar: GrammarSource,
    files: PocketSphinxFiles | undefined = findPocketSphinx(),
  ): Promise<PocketSphinx> {
    if (!files) throw new InputError(NOT_HERE);
    const network = await loadWordNetwork();
    try {
      const data: WorkerData = { files, grammar, words: network.words };
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
