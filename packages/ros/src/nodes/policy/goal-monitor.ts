/** How a goal ends, and the word for it. */
export interface GoalEnd {
  readonly status: 'succeeded' | 'aborted';
  readonly outcome: string;
}

export interface GoalMonitorOptions {
  /** s, when the goal was taken. */
  readonly begin: number;
  /** s: longest time that it may take. */
  readonly timeout: number;
  /** s: the tool has come to rest when it stayed within {@link STILL_RADIUS_M} for so long. */
  readonly restTime: number;
}

/** m: a tool that stays within the one is still, and one that went farther than the other has set out. */
export const STILL_RADIUS_M = 0.003;
export const DEPARTURE_DISTANCE_M = 0.01;

/** What a goal is judged by, at one time. */
export interface GoalObservation {
  /** s. */
  readonly now: number;
  /** State of the supervisor. */
  readonly supervisor: string;
  /** Where the tool is (m); undefined while that is unknown. */
  readonly tool: ArrayLike<number> | undefined;
}

/**
 * Decides when an instruction is done: when somebody who can tell says so, when the arm has come to rest, when the supervisor
 * stopped it, or when it took too long. A policy knows no end of its own.
 */
export class GoalMonitor {
  readonly #options: GoalMonitorOptions;
  #verdict: string | undefined;
  /** Where the tool has been since when. */
  #restPosition: readonly number[] | undefined;
  #restStart: number;
  /** Where it was when the goal was taken, until it has set out from there. */
  #startPosition: readonly number[] | undefined;
  #departed = false;

  constructor(options: GoalMonitorOptions) {
    this.#options = options;
    this.#restStart = options.begin;
  }

  /** Somebody says how it went: `success` and `failure` count. */
  reportVerdict(verdict: string): void {
    if (verdict === 'success' || verdict === 'failure') this.#verdict = verdict;
  }

  /** Undefined while it goes on. */
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
    // An arm that has not begun yet has not come to rest.
    return this.#departed && now - this.#restStart >= rest ? { status: 'succeeded', outcome: 'at_rest' } : undefined;
  }
}

const distance = (a: readonly number[], b: readonly number[]): number => Math.hypot(...a.map((each, i) => each - b[i]));
