import type { Reaction } from '../../config/reaction.ts';
import type { QueueRule } from '../../config/safety-config.ts';
import type { SafetyData } from '../states/event.ts';
import { type Monitor, milliseconds, TIME_TOLERANCE_S } from './monitor.ts';

const SINCE = 0;

/** Looks out for a chunk queue that was filled and runs empty. Before the first chunk the arm stands: that is no fault. */
export class QueueMonitor implements Monitor {
  readonly cause = 'empty_queue';
  readonly reaction: Reaction;
  readonly #grace: number;
  readonly #times = new Float64Array(1);
  #state: 'unknown' | 'filled' | 'empty' = 'unknown';

  constructor({ grace, reaction }: QueueRule) {
    this.#grace = grace;
    this.reaction = reaction;
  }

  report(state: 'filled' | 'empty', now: number): void {
    if (state === this.#state || (state === 'empty' && this.#state === 'unknown')) return;
    this.#state = state;
    this.#times[SINCE] = now;
  }

  /** What was reported before counts no longer. */
  restart(): void {
    this.#state = 'unknown';
  }

  forget(now: number): void {
    this.#times[SINCE] = now;
  }

  check(now: number): boolean {
    return this.#state === 'empty' && now - this.#times[SINCE] >= this.#grace - TIME_TOLERANCE_S;
  }

  data(now: number): SafetyData {
    return { empty_s: now - this.#times[SINCE], grace_s: this.#grace };
  }

  message(now: number): string {
    const empty = milliseconds(now - this.#times[SINCE]);
    return `the chunk queue has been empty for ${empty}, allowed are ${milliseconds(this.#grace)}`;
  }
}
