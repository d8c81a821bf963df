import { PolicyError } from '../errors/errors.ts';
import type { ActionChunk, Observation, Policy } from '../ports/policy.ts';
import { isDue } from '../streams/staleness.ts';
import { checkChunk } from './check-chunk.ts';
import type { Workspace } from './options.ts';

/**
 * Time at which a chunk may be used. `simulated`: exactly `delay` seconds after its observation on the robot's clock,
 * so that a run is reproducible. `measured`: as soon as it is computed.
 */
export type InferenceTiming = { readonly kind: 'simulated'; readonly delay: number } | { readonly kind: 'measured' };

/** Result of an inference, with its duration (ms). */
export type InferenceResult =
  | { readonly kind: 'chunk'; readonly chunk: ActionChunk; readonly milliseconds: number }
  | { readonly kind: 'error'; readonly error: unknown; readonly milliseconds: number };

interface InFlightInference {
  readonly due: number;
  readonly expires: number;
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
  readonly #workspace: Workspace | undefined;
  /** Time from an observation to the end of its chunk (s). */
  readonly #timeout: number;
  #inFlight: InFlightInference | undefined;

  /**
   * @param performanceNow monotonic time (ms), for statistics only
   * @param workspace box that must contain all targets; without it there is no limit
   */
  constructor(policy: Policy, timing: InferenceTiming, performanceNow: () => number, workspace?: Workspace) {
    this.#policy = policy;
    this.#timeout = policy.spec.horizon * policy.spec.actionPeriod;
    this.#timing = timing;
    this.#performanceNow = performanceNow;
    this.#workspace = workspace;
  }

  /** True from the start of an inference until its result is removed. */
  get busy(): boolean {
    return this.#inFlight !== undefined;
  }

  /** The running computation; undefined if there is none. */
  get pending(): Promise<void> | undefined {
    return this.#inFlight && !this.#inFlight.result ? this.#inFlight.done : undefined;
  }

  /** The promise to await before a result that is due at `now` can be removed; undefined if there is none. */
  ready(now: number): Promise<void> | undefined {
    return this.#timing.kind === 'simulated' && this.#due(now) ? this.pending : undefined;
  }

  /** Starts an inference. The caller must check {@link busy} first. */
  start(observation: Observation): void {
    const due = this.#timing.kind === 'simulated' ? observation.stamp + this.#timing.delay : observation.stamp;
    let finish!: () => void;
    const done = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const expires = due + this.#timeout;
    const flight: InFlightInference = { due, expires, started: this.#performanceNow(), done, result: undefined };
    this.#inFlight = flight;
    void this.#infer(observation).then((result) => {
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
    return flight.result ?? this.#timeoutResult(flight);
  }

  #due(now: number): boolean {
    return this.#inFlight !== undefined && isDue(now, this.#inFlight.due);
  }

  #timeoutResult({ started }: InFlightInference): InferenceResult {
    const message = `policy ${this.#policy.spec.name}: no answer within ${this.#timeout} s, when its last action was past`;
    return { kind: 'error', error: new PolicyError(message), milliseconds: this.#performanceNow() - started };
  }

  async #infer(observation: Observation): Promise<InferenceResult> {
    const start = this.#performanceNow();
    try {
      const chunk = await this.#policy.infer(observation);
      const milliseconds = this.#performanceNow() - start;
      checkChunk(this.#policy.spec, chunk, this.#workspace);
      return { kind: 'chunk', chunk, milliseconds };
    } catch (error) {
      return { kind: 'error', error, milliseconds: this.#performanceNow() - start };
    }
  }
}
