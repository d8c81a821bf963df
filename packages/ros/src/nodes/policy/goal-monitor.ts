/** The end of a goal. */
export interface GoalEnd {
  readonly status: 'succeeded' | 'aborted';
  /** Reason, as the action's result names it: `success`, `failure`, `at_rest`, `timeout`, ... */
  readonly outcome: string;
}

/** Options of {@link GoalMonitor}. Times are in seconds of the node's clock. */
export interface GoalMonitorOptions {
  /** Time at which the goal was accepted (s). */
  readonly begin: number;
  /** Longest duration of the goal (s). */
  readonly timeout: number;
  /** The tool is at rest after it stayed within {@link STILL_RADIUS_M} for this long (s). */
  readonly restTime: number;
}

/** The tool is still while it stays within this radius (m); sensor noise stays below it. */
export const STILL_RADIUS_M = 0.003;
/** The arm has departed once the tool is farther than this (m) from its start position. */
export const DEPARTURE_DISTANCE_M = 0.01;

/** The inputs of {@link GoalMonitor.check} at one time. */
export interface GoalObservation {
  /** Current time (s). */
  readonly now: number;
  /** State of the supervisor. */
  readonly supervisor: string;
  /** Tool position (m, base frame); undefined while it is unknown. */
  readonly tool: ArrayLike<number> | undefined;
}

/**
 * Decides when an instruction is done: after a verdict, when the arm is at rest, when the supervisor stops it, or after
 * the timeout. A policy does not report an end.
 */
export class GoalMonitor {
  readonly #options: GoalMonitorOptions;
  #verdict: string | undefined;
  /** Tool position since `#restStart`. */
  #restPosition: readonly number[] | undefined;
  #restStart: number;
  /** Tool position when the goal was accepted. */
  #startPosition: readonly number[] | undefined;
  #departed = false;

  constructor(options: GoalMonitorOptions) {
    this.#options = options;
    this.#restStart = options.begin;
  }

  /** @param verdict `success` or `failure`; other texts have no effect */
  reportVerdict(verdict: string): void {
    if (verdict === 'success' || verdict === 'failure') this.#verdict = verdict;
  }

  /** The end of the goal; undefined while it continues. */
  check({ now, supervisor, tool }: GoalObservation): GoalEnd | undefined {
    const { begin, timeout, restTime: rest } = this.#options;
    if (this.#verdict === 'success') return { status: 'succeeded', outcome: 'success' };
    if (this.#verdict === 'failure') return { status: 'aborted', outcome: 'failure' };
    if (supervisor !== 'running') return { status: 'aborted', outcome: `supervisor: ${supervisor}` };
    if (now - begin >= timeout) return { status: 'aborted', outcome: 'timeout' };
    if (!tool) {
      this.#restStart = now;
      return undefined;
    }
    const here = [tool[0], tool[1], tool[2]];
    this.#startPosition ??= here;
    this.#departed ||= distance(this.#startPosition, here) > DEPARTURE_DISTANCE_M;
    if (!this.#restPosition || distance(this.#restPosition, here) > STILL_RADIUS_M) {
      this.#restPosition = here;
      this.#restStart = now;
    }
    // An arm that has not departed is not at rest after its motion.
    return this.#departed && now - this.#restStart >= rest ? { status: 'succeeded', outcome: 'at_rest' } : undefined;
  }
}

const distance = (a: readonly number[], b: readonly number[]): number => Math.hypot(...a.map((each, i) => each - b[i]));
