import { InputError } from '@praxis/core';
import type { GrammarSource } from '../../recognition/command-grammar.ts';
import type { Recogniser, Recognition } from '../../recognition/recogniser.ts';
import type { WordNetwork } from '../../rescoring/word-network.ts';
import { Answering } from '../answering/answering.ts';
import { threadLine } from '../answering/thread-line.ts';
import { loadWordNetwork } from '../weights/load.ts';
import type { Heard } from './decoder.ts';
import { findPocketSphinx, NOT_HERE, type PocketSphinxFiles } from './find.ts';
import type { WorkerData } from './worker.ts';

/** Commands by PocketSphinx. */
export class PocketSphinx implements Recogniser {
  readonly #thread: Answering<Heard, Recognition>;
  readonly #network: WordNetwork;
  #closed = false;
  readonly gone: Promise<string>;

  private constructor(thread: Answering<Heard, Recognition>, network: WordNetwork) {
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
      return new PocketSphinx(await startThread({ files, grammar, words: network.words }), network);
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
    const recognition = await this.#thread.ask({ samples, plain, rows });
    return { ...recognition, compute: heard + recognition.compute };
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#thread.close();
    await this.#network.close();
  }
}

/** PocketSphinx in a thread of its own. @throws {InputError} when the library or its model does not start */
const startThread = (data: WorkerData): Promise<Answering<Heard, Recognition>> =>
  Answering.start(threadLine(new URL('./worker.mjs', import.meta.url), data), 'PocketSphinx');
