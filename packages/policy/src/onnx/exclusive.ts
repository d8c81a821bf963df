import { PolicyError } from '@praxis/core';

/** Lets one inference of a policy run at a time, and none after its end. */
export class ExclusiveInference<T> {
  readonly #policy: string;
  #running: Promise<T> | undefined;
  #closed = false;

  /** @param policy name in errors */
  constructor(policy: string) {
    this.#policy = policy;
  }

  /** @throws {PolicyError} while another inference runs, and after {@link close} */
  async run(infer: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new PolicyError(`policy ${this.#policy}: infer was called after close`);
    if (this.#running) {
      throw new PolicyError(`policy ${this.#policy}: infer was called during an inference, expected one at a time`);
    }
    this.#running = infer();
    try {
      return await this.#running;
    } finally {
      this.#running = undefined;
    }
  }

  /** Waits for a running inference and calls `release`. A second call does nothing. */
  async close(release: () => Promise<void>): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#running?.catch(() => undefined);
    await release();
  }
}
