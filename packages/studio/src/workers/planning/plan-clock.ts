import type { Planner } from '@praxis/planner';

/**
 * Keeps a plan and simulated time in step: a control period begins only once the plan waits for it, so that a plan leads to the same motion at
 * every speed of the page. While the planner thinks, time goes on.
 */
export class PlanClock {
  /** `off`: nothing is in step with the clock. `computing`: time waits for the plan. `waiting`: the plan waits for time. */
  #state: 'off' | 'computing' | 'waiting' = 'off';
  #continue: (() => void) | undefined;
  #onSettled: (() => void) | undefined;

  /** Time waits for the plan from now on. */
  join(): void {
    this.#state = 'computing';
  }

  /** Time goes on without the plan. */
  leave(): void {
    this.#settle('off');
  }

  /** Resolves after the next control period, or when the plan is woken before it. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#continue = resolve;
      this.#settle('waiting');
    });
  }

  /** Lets a waiting plan look at what has changed, without a control period. */
  wake(): void {
    if (this.#state !== 'waiting') return;
    this.#state = 'computing';
    const resume = this.#continue;
    this.#continue = undefined;
    resume?.();
  }

  /** Lets the plan go on after a control period. Resolves once it waits for the next one; undefined when nothing is in step. */
  advance(): Promise<void> | undefined {
    if (this.#state === 'off') return undefined;
    const settled = new Promise<void>((resolve) => {
      this.#onSettled = resolve;
    });
    this.wake();
    return settled;
  }

  /** A planner during whose answers time goes on. */
  around(planner: Planner): Planner {
    const { name, readsHistory = false, isModel = false } = planner;
    return {
      ...{ name, readsHistory, isModel },
      plan: async (request) => {
        this.leave();
        try {
          return await planner.plan(request);
        } finally {
          // After an interruption nothing waits for this answer.
          if (!request.signal?.aborted) this.join();
        }
      },
    };
  }

  #settle(state: 'off' | 'waiting'): void {
    this.#state = state;
    const onSettled = this.#onSettled;
    this.#onSettled = undefined;
    onSettled?.();
  }
}
