import { type Policy, PolicyError } from '@praxis/core';

/** Policies for connections: one each, and those of past connections again. */
export class PolicyPool {
  readonly #open: () => Promise<Policy>;
  readonly #free: Policy[];
  readonly #all: Set<Policy>;
  #closed = false;

  /** @param first a policy that is open already */
  constructor(open: () => Promise<Policy>, first: Policy) {
    this.#open = open;
    this.#free = [first];
    this.#all = new Set([first]);
  }

  /** A policy that no other connection has. @throws what opening one throws */
  async take(): Promise<Policy> {
    const free = this.#free.pop();
    if (free) return free;
    const policy = await this.#open();
    if (this.#closed) {
      await policy.close();
      throw new PolicyError('the server is closed');
    }
    // A module may give the same object each time; it then serves several connections.
    this.#all.add(policy);
    return policy;
  }

  /** Returns a policy that the connection no longer uses. */
  giveBack(policy: Policy): void {
    if (!this.#free.includes(policy)) this.#free.push(policy);
  }

  /** Closes the policies. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const policy of this.#all) await policy.close();
  }
}
