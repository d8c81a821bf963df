import { Worker } from 'node:worker_threads';
import { InputError } from '@praxis/core';
import { CLOSE, type Reply, type WorkerData } from './messages.ts';

/** A decoder that is at work ends after what it has (ms): an utterance is a second or two. */
const PATIENCE = 10_000;

/** PocketSphinx in a thread of its own, which answers one message after the other: the loop never waits for it. */
export class Thread<Question, Answer> {
  readonly #worker: Worker;
  #turn: Promise<unknown> = Promise.resolve();
  #reason: string | undefined;
  /** Resolves with why when the thread has ended. */
  readonly gone: Promise<string>;

  private constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('error', (error) => {
      this.#reason = error.message;
    });
    this.gone = new Promise((resolve) => {
      worker.on('exit', (status) => {
        this.#reason ??= `its thread ended with status ${status}`;
        resolve(this.#reason);
      });
    });
  }

  /** @throws {InputError} when the library or its model does not start */
  static async start<Question, Answer>(workerData: WorkerData): Promise<Thread<Question, Answer>> {
    const worker = new Worker(new URL('./worker.mjs', import.meta.url), { workerData });
    const thread = new Thread<Question, Answer>(worker);
    try {
      await thread.#reply();
      return thread;
    } catch (error) {
      await worker.terminate();
      throw error;
    }
  }

  /** @throws {InputError} when the thread is gone, or with what it says went wrong */
  ask(question: Question): Promise<Answer> {
    const turn = this.#turn.then(async () => {
      const reply = this.#reply();
      this.#worker.postMessage(question);
      return (await reply) as Answer;
    });
    this.#turn = turn.catch(() => {});
    return turn;
  }

  #reply(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#reason !== undefined) {
        reject(new InputError(`PocketSphinx is gone: ${this.#reason}`));
        return;
      }
      const settle = (act: () => void) => {
        this.#worker.off('message', message).off('exit', exit);
        act();
      };
      const message = (reply: Reply) =>
        settle(() => ('error' in reply ? reject(new InputError(reply.error)) : resolve(reply.answer)));
      const exit = () => settle(() => reject(new InputError(`PocketSphinx is gone: ${this.#reason}`)));
      this.#worker.on('message', message).on('exit', exit);
    });
  }

  /** Frees the decoders, whose memory would outlive the thread; one that does not answer is ended without. */
  async close(): Promise<void> {
    this.#worker.postMessage(CLOSE);
    const patience = setTimeout(() => void this.#worker.terminate(), PATIENCE);
    await this.gone;
    clearTimeout(patience);
  }
}
