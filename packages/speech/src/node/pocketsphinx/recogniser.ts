import { Worker } from 'node:worker_threads';
import { InputError } from '@praxis/core';
import type { Extension } from '../../language/things.ts';
import type { Recogniser, Recognition } from '../../recognition/recogniser.ts';
import { findPocketSphinx, NOT_HERE, type PocketSphinxFiles } from './find.ts';
import type { Reply, WorkerData } from './messages.ts';

/** A decoder that is at work ends after what it has (ms): an utterance is a second or two. */
const PATIENCE = 10_000;

/** PocketSphinx in a thread of its own: the loop never waits for it. */
export class PocketSphinx implements Recogniser {
  readonly #worker: Worker;
  #turn: Promise<unknown> = Promise.resolve();
  #gone: string | undefined;
  readonly gone: Promise<string>;

  private constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('error', (error) => {
      this.#gone = error.message;
    });
    this.gone = new Promise((resolve) => {
      worker.on('exit', (status) => {
        this.#gone ??= `its thread ended with status ${status}`;
        resolve(this.#gone);
      });
    });
  }

  /**
   * @param extension of the loaded policy: words that people may say besides
   * @throws {InputError} when the library or its model is missing (and how to get it) or does not start
   */
  static async start(
    extension: Extension = { words: [], instructions: [] },
    files: PocketSphinxFiles | undefined = findPocketSphinx(),
  ): Promise<PocketSphinx> {
    if (!files) throw new InputError(NOT_HERE);
    const workerData: WorkerData = { files, extension };
    const recogniser = new PocketSphinx(new Worker(new URL('./worker.mjs', import.meta.url), { workerData }));
    try {
      await recogniser.#reply();
      return recogniser;
    } catch (error) {
      await recogniser.close();
      throw error;
    }
  }

  recognise(samples: Float32Array): Promise<Recognition> {
    const turn = this.#turn.then(async () => {
      const reply = this.#reply();
      this.#worker.postMessage(samples);
      const answer = await reply;
      if (answer.kind !== 'recognition') throw new InputError(`PocketSphinx answered ${answer.kind}`);
      return answer.recognition;
    });
    this.#turn = turn.catch(() => {});
    return turn;
  }

  #reply(): Promise<Exclude<Reply, { kind: 'error' }>> {
    return new Promise((resolve, reject) => {
      if (this.#gone !== undefined) {
        reject(new InputError(`PocketSphinx is gone: ${this.#gone}`));
        return;
      }
      const settle = (act: () => void) => {
        this.#worker.off('message', message).off('exit', exit);
        act();
      };
      const message = (reply: Reply) =>
        settle(() => (reply.kind === 'error' ? reject(new InputError(reply.message)) : resolve(reply)));
      const exit = () => settle(() => reject(new InputError(`PocketSphinx is gone: ${this.#gone}`)));
      this.#worker.on('message', message).on('exit', exit);
    });
  }

  /** Frees the decoders, whose memory would outlive the thread; one that does not answer is ended without. */
  async close(): Promise<void> {
    this.#worker.postMessage('close');
    const patience = setTimeout(() => void this.#worker.terminate(), PATIENCE);
    await this.gone;
    clearTimeout(patience);
  }
}
