import { InputError, moduleBeside } from '@praxis/core';
import type { GrammarSource } from '../../recognition/command-grammar.ts';
import type { Recogniser, RecognitionResult } from '../../recognition/recogniser.ts';
import type { WordNetwork } from '../../rescoring/word-network.ts';
import { type RecogniserService, startThread } from '../service/start-service.ts';
import { loadWordNetwork } from '../weights/load.ts';
import { findPocketSphinx, POCKETSPHINX_MISSING_MESSAGE, type PocketSphinxFiles } from './find-pocketsphinx.ts';
import type { PocketSphinxService, WorkerData } from './worker.ts';

/** Entry point of the decoder's thread. */
const MODULE = moduleBeside('./worker', import.meta.url);

/** Recognises commands with PocketSphinx in a worker thread and the word network in this one. */
export class PocketSphinx implements Recogniser {
  readonly #decoderClient: RecogniserService<PocketSphinxService>;
  readonly #network: WordNetwork;
  #closed = false;
  readonly exited: Promise<string>;

  private constructor(thread: RecogniserService<PocketSphinxService>, network: WordNetwork) {
    this.#decoderClient = thread;
    this.#network = network;
    this.exited = thread.exited;
  }

  /**
   * @param grammar grammar of the commands
   * @throws {InputError} when the library or its model is missing, with the command that installs it, or does not start
   */
  static async start(
    grammar: GrammarSource,
    files: PocketSphinxFiles | undefined = findPocketSphinx(),
  ): Promise<PocketSphinx> {
    if (!files) throw new InputError(POCKETSPHINX_MISSING_MESSAGE);
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

  async recognise(samples: Float32Array, rawSamples?: Float32Array): Promise<RecognitionResult> {
    if (this.#closed) throw new InputError('PocketSphinx exited: closed');
    const began = performance.now();
    const labels = await this.#network.labelSpeech(samples);
    const labelCompute = (performance.now() - began) / 1000;
    const recognition = await this.#decoderClient.client.call('recognise', { samples, rawSamples, labels });
    return { ...recognition, compute: labelCompute + recognition.compute };
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#decoderClient.client.close();
    await this.#network.close();
  }
}
