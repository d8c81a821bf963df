import { InputError } from '@praxis/core';
import type { Line } from './line.ts';
import { CLOSE, type Reply } from './messages.ts';

/** One that is at work ends after what it has (ms): an utterance is a second or two. */
const PATIENCE = 10_000;

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

/** Somebody who answers one question after the other, in a thread or process of their own: the loop never waits for them. */
export class Answering<Question, Answer> {
  readonly #line: Line;
  readonly #name: string;
  #turn: Promise<unknown> = Promise.resolve();
  #waiting: Waiting | undefined;
  #reason: string | undefined;
  /** Resolves with why when it has ended. */
  readonly gone: Promise<string>;

  private constructor(line: Line, name: string) {
    this.#line = line;
    this.#name = name;
    line.listen((message) => {
      const reply = message as Reply;
      if ('error' in reply) this.#waiting?.reject(new InputError(reply.error));
      else this.#waiting?.resolve(reply.answer);
    });
    this.gone = line.gone.then((reason) => {
      this.#reason = reason;
      this.#waiting?.reject(this.#isGone());
      return reason;
    });
  }

  /**
   * @param name for people, in errors
   * @throws {InputError} when it does not start, with what it says went wrong
   */
  static async start<Question, Answer>(line: Line, name: string): Promise<Answering<Question, Answer>> {
    const answering = new Answering<Question, Answer>(line, name);
    try {
      await answering.#reply();
      return answering;
    } catch (error) {
      line.kill();
      await answering.gone;
      throw error;
    }
  }

  /** @throws {InputError} when it is gone, or with what it says went wrong */
  ask(question: Question): Promise<Answer> {
    const turn = this.#turn.then(async () => {
      const reply = this.#reply();
      this.#line.send(question);
      return (await reply) as Answer;
    });
    this.#turn = turn.catch(() => {});
    return turn;
  }

  #reply(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#reason === undefined) this.#waiting = { resolve, reject };
      else reject(this.#isGone());
    });
  }

  #isGone(): InputError {
    return new InputError(`${this.#name} is gone: ${this.#reason}`);
  }

  /** Frees what it has opened, which may outlive a thread; one that does not answer is ended without. */
  async close(): Promise<void> {
    this.#line.send(CLOSE);
    const patience = setTimeout(() => this.#line.kill(), PATIENCE);
    await this.gone;
    clearTimeout(patience);
  }
}
