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
  /** A robot is at rest after each tool and base stayed within {@link STILL_RADIUS_M} for this long (s). */
  readonly restTime: number;
}

/** A tool or base is still while it stays within this radius (m, or rad of heading); sensor noise stays below it. */
export const STILL_RADIUS_M = 0.003;
/** The robot has departed once a tool or base is farther than this (m, or rad of heading) from its start position. */
export const DEPARTURE_DISTANCE_M = 0.01;

/** The inputs of {@link GoalMonitor.check} at one time. */
export interface GoalObservation {
  /** Current time (s). */
  readonly now: number;
  /** State of the supervisor. */
  readonly supervisor: string;
  /**
   * Where everything is that moves, three numbers each: the position of a tool (m, frame of its base), or x, y (m) and heading (rad) of a
   * base. Undefined while it is unknown.
   */
  readonly places: readonly number[] | undefined;
}

/**
 * Decides when an instruction is done: after a verdict, when the arm is at rest, when the supervisor stops it, or after
 * the timeout. A policy does not report an end.
 */
export class GoalMonitor {
  readonly #options: GoalMonitorOptions;
  #verdict: string | undefined;
  /** Places since `#restStart`. */
  #restPlaces: readonly number[] | undefined;
  #restStart: number;
  /** Places when the goal was accepted. */
  #startPlaces: readonly number[] | undefined;
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
  check({ now, supervisor, places }: GoalObservation): GoalEnd | undefined {
    const { begin, timeout, restTime: rest } = this.#options;
    if (this.#verdict === 'success') return { status: 'succeeded', outcome: 'success' };
    if (this.#verdict === 'failure') return { status: 'aborted', outcome: 'failure' };
    if (supervisor !== 'running') return { status: 'aborted', outcome: `supervisor: ${supervisor}` };
    if (now - begin >= timeout) return { status: 'aborted', outcome: 'timeout' };
    if (!places) {
      this.#restStart = now;
      return undefined;
    }
    this.#startPlaces ??= places;
    this.#departed ||= distance(this.#startPlaces, places) > DEPARTURE_DISTANCE_M;
    if (!this.#restPlaces || distance(this.#restPlaces, places) > STILL_RADIUS_M) {
      this.#restPlaces = places;
      this.#restStart = now;
    }
    // A robot that has not departed is not at rest after its motion.
    return this.#departed && now - this.#restStart >= rest ? { status: 'succeeded', outcome: 'at_rest' } : undefined;
  }
}

/** Largest distance of a tool or base between two times (m, or rad of heading). */
function distance(a: readonly number[], b: readonly number[]): number {
  let largest = 0;
  for (let i = 0; i < a.length; i += 3) {
    largest = Math.max(largest, Math.hypot(b[i] - a[i], b[i + 1] - a[i + 1], b[i + 2] - a[i + 2]));
  }
  return largest;
}
