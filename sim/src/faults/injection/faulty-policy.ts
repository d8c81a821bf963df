import { type ActionChunk, isDue, type Observation, type Policy, type PolicySpec } from '@praxis/core';

/** Delivery of chunks by a {@link FaultyPolicy}. */
export type PolicyMode =
  | { readonly kind: 'healthy' }
  /** Each chunk arrives this much later (s). */
  | { readonly kind: 'late'; readonly by: number }
  /** Pending and later inferences never end. */
  | { readonly kind: 'unresponsive' }
  /** Pending and later inferences reject. */
  | { readonly kind: 'terminated'; readonly error: Error }
  /** Each chunk passes through `change`. */
  | { readonly kind: 'corrupted'; readonly change: (chunk: ActionChunk) => ActionChunk };

interface InFlightInference {
  /** Time at which the result is due (s). */
  readonly due: number;
  readonly resolve: (chunk: ActionChunk) => void;
  readonly reject: (error: unknown) => void;
  /** Undefined during the computation. */
  result: { readonly chunk: ActionChunk } | { readonly error: unknown } | undefined;
}

/**
 * A policy behind a simulated process boundary. It computes at once and delivers the result at the end of the simulated
 * inference, so that a fault of the process during the inference also affects the result.
 */
export class FaultyPolicy implements Policy {
  readonly spec: PolicySpec;
  /** Mode from now on; it also applies to pending inferences. */
  mode: PolicyMode = { kind: 'healthy' };
  readonly #policy: Policy;
  readonly #delay: number;
  readonly #inFlight = new Set<InFlightInference>();
  #pendingInference: Promise<void> | undefined;

  /** @param delay duration of one simulated inference (s) */
  constructor(policy: Policy, delay: number) {
    this.spec = policy.spec;
    this.#policy = policy;
    this.#delay = delay;
  }

  /** The computation in progress. Awaiting it keeps physics out of the policy's measured time, and never waits for a fault. */
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

  /** Delivers the results that are due at `now` (s, the loop's clock); true when there was one. */
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

  /** Rejects every pending inference, so that no caller waits for it. The wrapped policy stays open. */
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
