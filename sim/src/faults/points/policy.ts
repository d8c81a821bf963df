import { type ActionChunk, isDue, type Observation, type Policy, type PolicySpec } from '@praxis/core';

/** What becomes of the answers of a policy. */
export type PolicyMode =
  | { readonly kind: 'well' }
  /** Chunks come this much later (s). */
  | { readonly kind: 'late'; readonly by: number }
  /** Nothing comes any more, under way or asked for later. */
  | { readonly kind: 'silent' }
  /** What is under way and what is asked for later rejects. */
  | { readonly kind: 'dead'; readonly error: Error }
  | { readonly kind: 'wrong'; readonly change: (chunk: ActionChunk) => ActionChunk };

interface Flight {
  /** When the answer is to come (s). */
  readonly due: number;
  readonly resolve: (chunk: ActionChunk) => void;
  readonly reject: (error: unknown) => void;
  /** Undefined while it is computed. */
  answer: { readonly chunk: ActionChunk } | { readonly error: unknown } | undefined;
}

/**
 * A policy as it is across a process boundary, in simulated time: it computes at once, and its answer comes when the
 * simulated inference is over, so that what happens to its process meanwhile happens to the answer as well.
 */
export class FaultyPolicy implements Policy {
  readonly spec: PolicySpec;
  mode: PolicyMode = { kind: 'well' };
  readonly #policy: Policy;
  readonly #delay: number;
  readonly #flights = new Set<Flight>();
  #computing: Promise<void> | undefined;

  /** @param delay simulated seconds of one inference */
  constructor(policy: Policy, delay: number) {
    this.spec = policy.spec;
    this.#policy = policy;
    this.#delay = delay;
  }

  /** What the machine computes now; awaiting it keeps physics off the policy's clock, and never waits for a fault. */
  get computing(): Promise<void> | undefined {
    return this.#computing;
  }

  infer(observation: Observation): Promise<ActionChunk> {
    if (this.mode.kind === 'dead') return Promise.reject(this.mode.error);
    return new Promise((resolve, reject) => {
      const flight: Flight = { due: observation.stamp + this.#delay, resolve, reject, answer: undefined };
      this.#flights.add(flight);
      if (this.mode.kind === 'silent') return;
      this.#computing = this.#policy
        .infer(observation)
        .then(
          (chunk) => {
            flight.answer = { chunk };
          },
          (error: unknown) => {
            flight.answer = { error };
          },
        )
        .then(() => {
          this.#computing = undefined;
        });
    });
  }

  /** Hands out the answers that are due at `now` (s, the loop's clock); true when there was one. */
  release(now: number): boolean {
    const { mode } = this;
    if (mode.kind === 'silent') return false;
    if (mode.kind === 'dead') return this.#end(mode.error);
    const late = mode.kind === 'late' ? mode.by : 0;
    let released = false;
    for (const flight of this.#flights) {
      if (!flight.answer || !isDue(now, flight.due + late)) continue;
      this.#flights.delete(flight);
      released = true;
      if ('error' in flight.answer) flight.reject(flight.answer.error);
      else flight.resolve(mode.kind === 'wrong' ? mode.change(flight.answer.chunk) : flight.answer.chunk);
    }
    return released;
  }

  /** Rejects whatever is under way, so that nobody waits for it; the policy itself stays open. */
  abandon(error: Error): void {
    this.mode = { kind: 'dead', error };
    this.#end(error);
  }

  reset(): void {
    this.#policy.reset();
  }

  close(): Promise<void> {
    return this.#policy.close();
  }

  #end(error: Error): boolean {
    const any = this.#flights.size > 0;
    for (const flight of this.#flights) flight.reject(error);
    this.#flights.clear();
    return any;
  }
}
