import type { ActionChunk } from '../actions/specs.ts';
import { PolicyError } from '../errors/errors.ts';
import type { Observation, Policy } from '../ports/policy.ts';
import { isDue } from '../streams/staleness.ts';

/**
 * Time at which a chunk may be used. `simulated`: exactly `delay` seconds after its observation on the robot's clock,
 * so that a run is reproducible. `measured`: as soon as it is computed.
 */
export type InferenceTiming = { readonly kind: 'simulated'; readonly delay: number } | { readonly kind: 'measured' };

/** Result of an inference, with its duration (ms). */
export type InferenceResult =
  | { readonly kind: 'chunk'; readonly chunk: ActionChunk; readonly milliseconds: number }
  | { readonly kind: 'refusal'; readonly reason: string; readonly milliseconds: number }
  | { readonly kind: 'error'; readonly error: unknown; readonly milliseconds: number };

/**
 * Number of measured inferences of which the slowest one is the expected delay: about a second of them, so that one that was slow
 * once, such as the first, is soon forgotten.
 */
const DELAY_WINDOW = 10;

interface InFlightInference {
  due: number;
  expires: number;
  /** `dropped`: its observation is from before a jump of the clock. */
  use: 'kept' | 'dropped';
  readonly started: number;
  readonly done: Promise<void>;
  result: InferenceResult | undefined;
}

/**
 * Runs a policy asynchronously to the ticks of the loop, one inference at a time. An inference without a result after
 * the end of its chunk counts as failed, so that a policy that hangs once does not block later inferences.
 */
export class InferenceRunner {
  readonly #policy: Policy;
  readonly #timing: InferenceTiming;
  readonly #performanceNow: () => number;
  /** Time from an observation to the end of its chunk (s). */
  readonly #timeout: number;
  /** Durations of the last inferences that did not fail (s), in a ring. */
  readonly #durations = new Float64Array(DELAY_WINDOW);
  #measured = 0;
  #inFlight: InFlightInference | undefined;

  /** @param performanceNow monotonic time (ms), for statistics and the expected delay */
  constructor(policy: Policy, timing: InferenceTiming, performanceNow: () => number) {
    this.#policy = policy;
    this.#timeout = policy.spec.horizon * policy.spec.actionPeriod;
    this.#timing = timing;
    this.#performanceNow = performanceNow;
  }

  /** True from the start of an inference until its result is removed. */
  get busy(): boolean {
    return this.#inFlight !== undefined;
  }

  /** The running computation; undefined if there is none. */
  get pending(): Promise<void> | undefined {
    return this.#inFlight && !this.#inFlight.result ? this.#inFlight.done : undefined;
  }

  /**
   * Time after which the chunk of an inference that starts now can probably be used (s): the simulated delay, or else the longest of the
   * last {@link DELAY_WINDOW} inferences, as real-time chunking estimates it; 0 before the first one.
   */
  get expectedDelay(): number {
    return this.#timing.kind === 'simulated' ? this.#timing.delay : Math.max(...this.#durations);
  }

  /** The promise to await before a result that is due at `now` can be removed; undefined if there is none. */
  ready(now: number): Promise<void> | undefined {
    return this.#timing.kind === 'simulated' && this.#due(now) ? this.pending : undefined;
  }

  /**
   * Starts an inference. The caller must check {@link busy} first.
   * @param prepare checks the policy's chunk and returns the one to follow; what it throws counts as a failure of the policy. A refused
   *   chunk is not followed, so nothing checks it
   */
  start(observation: Observation, prepare: (chunk: ActionChunk) => ActionChunk): void {
    const due = this.#timing.kind === 'simulated' ? observation.stamp + this.#timing.delay : observation.stamp;
    let finish!: () => void;
    const done = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const expires = due + this.#timeout;
    const started = this.#performanceNow();
    const flight: InFlightInference = { due, expires, use: 'kept', started, done, result: undefined };
    this.#inFlight = flight;
    void this.#infer(observation, prepare).then((result) => {
      flight.result = result;
      finish();
    });
  }

  /** Returns the result once, from the time at which it may be used; an error after the timeout. */
  removeResult(now: number): InferenceResult | undefined {
    const flight = this.#inFlight;
    if (!flight || !this.#due(now)) return undefined;
    if (!flight.result && now < flight.expires) return undefined;
    this.#inFlight = undefined;
    if (flight.use === 'dropped') return undefined;
    const result = flight.result ?? this.#timeoutResult(flight);
    if (result.kind !== 'error') this.#durations[this.#measured++ % DELAY_WINDOW] = result.milliseconds / 1000;
    return result;
  }

  /** Drops the result of the running inference after the clock stepped by `step` (s); the policy finishes it first. */
  restartTiming(step: number): void {
    if (!this.#inFlight) return;
    this.#inFlight.use = 'dropped';
    this.#inFlight.due += step;
    this.#inFlight.expires += step;
  }

  #due(now: number): boolean {
    return this.#inFlight !== undefined && isDue(now, this.#inFlight.due);
  }

  #timeoutResult({ started }: InFlightInference): InferenceResult {
    const message = `policy ${this.#policy.spec.name}: no answer within ${this.#timeout} s, when its last action was past`;
    return { kind: 'error', error: new PolicyError(message), milliseconds: this.#performanceNow() - started };
  }

  async #infer(observation: Observation, prepare: (chunk: ActionChunk) => ActionChunk): Promise<InferenceResult> {
    const start = this.#performanceNow();
    try {
      const chunk = await this.#policy.infer(observation);
      const milliseconds = this.#performanceNow() - start;
      const { refused } = chunk;
      if (refused !== undefined) return { kind: 'refusal', reason: refused, milliseconds };
      return { kind: 'chunk', chunk: prepare(chunk), milliseconds };
    } catch (error) {
      return { kind: 'error', error, milliseconds: this.#performanceNow() - start };
    }
  }
}
