import type { ActionChunk, Observation, Policy } from '../policy.ts';
import { checkChunk } from './check-chunk.ts';

/**
 * When a chunk may be used. `simulated`: exactly `delay` seconds after its observation on the robot's clock, however long
 * it took to compute, so that a run repeats. `measured`: as soon as it is there.
 */
export type InferenceTiming = { readonly kind: 'simulated'; readonly delay: number } | { readonly kind: 'measured' };

/** What an inference came to. */
export type InferenceResult =
  | { readonly kind: 'chunk'; readonly chunk: ActionChunk; readonly milliseconds: number }
  | { readonly kind: 'error'; readonly error: unknown; readonly milliseconds: number };

interface Flight {
  readonly due: number;
  readonly done: Promise<void>;
  result: InferenceResult | undefined;
}

/** Times are sums of rounded steps. */
const ROUNDING = 1e-9;

/** Runs a policy beside the ticks of the loop, one inference at a time. */
export class InferenceRunner {
  readonly #policy: Policy;
  readonly #timing: InferenceTiming;
  readonly #performanceNow: () => number;
  #flight: Flight | undefined;

  /** @param performanceNow milliseconds of a monotonic clock, for statistics only */
  constructor(policy: Policy, timing: InferenceTiming, performanceNow: () => number) {
    this.#policy = policy;
    this.#timing = timing;
    this.#performanceNow = performanceNow;
  }

  /** True from the start of an inference until its result has been taken. */
  get busy(): boolean {
    return this.#flight !== undefined;
  }

  /** The computation in flight; undefined when nothing is being computed. */
  get pending(): Promise<void> | undefined {
    return this.#flight && !this.#flight.result ? this.#flight.done : undefined;
  }

  /** What must be awaited before a result that is due at `now` can be taken. */
  ready(now: number): Promise<void> | undefined {
    return this.#timing.kind === 'simulated' && this.#due(now) ? this.pending : undefined;
  }

  start(observation: Observation): void {
    const due = this.#timing.kind === 'simulated' ? observation.stamp + this.#timing.delay : observation.stamp;
    let finish!: () => void;
    const done = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const flight: Flight = { due, done, result: undefined };
    this.#flight = flight;
    void this.#infer(observation).then((result) => {
      flight.result = result;
      finish();
    });
  }

  /** The result, once, from the time on at which it may be used. */
  take(now: number): InferenceResult | undefined {
    if (!this.#due(now)) return undefined;
    const result = this.#flight?.result;
    if (result) this.#flight = undefined;
    return result;
  }

  #due(now: number): boolean {
    return this.#flight !== undefined && now >= this.#flight.due - ROUNDING;
  }

  async #infer(observation: Observation): Promise<InferenceResult> {
    const start = this.#performanceNow();
    try {
      const chunk = await this.#policy.infer(observation);
      const milliseconds = this.#performanceNow() - start;
      checkChunk(this.#policy.spec, chunk);
      return { kind: 'chunk', chunk, milliseconds };
    } catch (error) {
      return { kind: 'error', error, milliseconds: this.#performanceNow() - start };
    }
  }
}
