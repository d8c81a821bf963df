/** How a goal ends, and the word for it. */
export interface GoalEnd {
  readonly status: 'succeeded' | 'aborted';
  readonly outcome: string;
}

export interface GoalWatchOptions {
  /** s, when the goal was taken. */
  readonly begin: number;
  /** s: longest time that it may take. */
  readonly timeout: number;
  /** s: the tool has come to rest when it stayed within {@link STILL} for so long. */
  readonly rest: number;
}

/** m: a tool that stays within the one is still, and one that went farther than the other has set out. */
export const STILL = 0.003;
export const SET_OUT = 0.01;

/** What a goal is judged by, at one time. */
export interface GoalView {
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
export class GoalWatch {
  readonly #options: GoalWatchOptions;
  #verdict: string | undefined;
  /** Where the tool has been since when. */
  #place: readonly number[] | undefined;
  #since: number;
  /** Where it was when the goal was taken, until it has set out from there. */
  #begin: readonly number[] | undefined;
  #setOut = false;

  constructor(options: GoalWatchOptions) {
    this.#options = options;
    this.#since = options.begin;
  }

  /** Somebody says how it went: `success` and `failure` count. */
  hear(verdict: string): void {
    if (verdict === 'success' || verdict === 'failure') this.#verdict = verdict;
  }

  /** Undefined while it goes on. */
  check({ now, supervisor, tool }: GoalView): GoalEnd | undefined {
    const { begin, timeout, rest } = this.#options;
    if (this.#verdict === 'success') return { status: 'succeeded', outcome: 'success' };
    if (this.#verdict === 'failure') return { status: 'aborted', outcome: 'failure' };
    if (supervisor !== 'running') return { status: 'aborted', outcome: `supervisor: ${supervisor}` };
    if (now - begin >= timeout) return { status: 'aborted', outcome: 'timeout' };
    if (!tool) {
      this.#since = now;
      return undefined;
    }
    const here = [tool[0], tool[1], tool[2]];
    this.#begin ??= here;
    this.#setOut ||= distance(this.#begin, here) > SET_OUT;
    if (!this.#place || distance(this.#place, here) > STILL) {
      this.#place = here;
      this.#since = now;
    }
    // An arm that has not begun yet has not come to rest.
    return this.#setOut && now - this.#since >= rest ? { status: 'succeeded', outcome: 'at_rest' } : undefined;
  }
}

const distance = (a: readonly number[], b: readonly number[]): number => Math.hypot(...a.map((each, i) => each - b[i]));
