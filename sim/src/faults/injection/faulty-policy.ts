import { type ActionChunk, isDue, type Observation, type Policy, type PolicySpec } from '@praxis/core';

/** What becomes of the answers of a policy. */
export type PolicyMode =
  | { readonly kind: 'healthy' }
  /** Chunks come this much later (s). */
  | { readonly kind: 'late'; readonly by: number }
  /** Nothing comes any more, under way or asked for later. */
  | { readonly kind: 'unresponsive' }
  /** What is under way and what is asked for later rejects. */
  | { readonly kind: 'terminated'; readonly error: Error }
  | { readonly kind: 'corrupted'; readonly change: (chunk: ActionChunk) => ActionChunk };

interface InFlightInference {
  /** When the answer is to come (s). */
  readonly due: number;
  readonly resolve: (chunk: ActionChunk) => void;
  readonly reject: (error: unknown) => void;
  /** Undefined while it is computed. */
  result: { readonly chunk: ActionChunk } | { readonly error: unknown } | undefined;
}

/**
 * A policy as it is across a process boundary, in simulated time: it computes at once, and its answer comes when the
 * simulated inference is over, so that what happens to its process meanwhile happens to the answer as well.
 */
export class FaultyPolicy implements Policy {
  readonly spec: PolicySpec;
  mode: PolicyMode = { kind: 'healthy' };
  readonly #policy: Policy;
  readonly #delay: number;
  readonly #inFlight = new Set<InFlightInference>();
  #pendingInference: Promise<void> | undefined;

  /** @param delay simulated seconds of one inference */
  constructor(policy: Policy, delay: number) {
    this.spec = policy.spec;
    this.#policy = policy;
    this.#delay = delay;
  }

  /** What the machine computes now; awaiting it keeps physics off the policy's clock, and never waits for a fault. */
  get pendingInference(): Promise<void> | undefined {
    return this.#pendingInference;
  }

  infer(observation: Observation): Promise<ActionChunk> {
    if (this.mode.kind === 'terminated') return Promise.reject(this.mode.error);
    return new Promise((resolve, reject) => {
      const flight: InFlightInference = { due: observation.stamp + this.#delay, resolve, reject, result: undefined };
      this.#inFlight.add(flight);
      if (this.mode.kind === 'unresponsive') return;
      this.#pendingInference = this.#policy
        .infer(observation)
        .then(
          (chunk) => {
            flight.result = { chunk };
          },
          (error: unknown) => {
            flight.result = { error };
          },
        )
        .then(() => {
          this.#pendingInference = undefined;
        });
    });
  }

  /** Hands out the answers that are due at `now` (s, the loop's clock); true when there was one. */
  deliverDueResults(now: number): boolean {
    const { mode } = this;
    if (mode.kind === 'unresponsive') return false;
    if (mode.kind === 'terminated') return this.#rejectAll(mode.error);
    const late = mode.kind === 'late' ? mode.by : 0;
    let released = false;
    for (const flight of this.#inFlight) {
      if (!flight.result || !isDue(now, flight.due + late)) continue;
      this.#inFlight.delete(flight);
      released = true;
      if ('error' in flight.result) flight.reject(flight.result.error);
      else flight.resolve(mode.kind === 'corrupted' ? mode.change(flight.result.chunk) : flight.result.chunk);
    }
    return released;
  }

  /** Rejects whatever is under way, so that nobody waits for it; the policy itself stays open. */
  abandon(error: Error): void {
    this.mode = { kind: 'terminated', error };
    this.#rejectAll(error);
  }

  reset(): void {
    this.#policy.reset();
  }

  close(): Promise<void> {
    return this.#policy.close();
  }

  #rejectAll(error: Error): boolean {
    const any = this.#inFlight.size > 0;
    for (const flight of this.#inFlight) flight.reject(error);
    this.#inFlight.clear();
    return any;
  }
}
