import { TIME_TOLERANCE_S } from '@praxis/core';
import type { Reaction } from '../../config/filter-config.ts';
import type { QueueRule } from '../../config/safety-config.ts';
import type { SafetyData } from '../states/state-machine.ts';
import { type Monitor, milliseconds } from './monitor.ts';

const CHANGE_INDEX = 0;

/**
 * State of the chunk scheduler's queue. `filled`: it has an action for now. `empty`: it has none although it had one.
 * `unknown`: no action is expected, because the loop waits for its first chunk or does not move the arm.
 */
export type QueueState = 'filled' | 'empty' | 'unknown';

/** Detects a chunk queue that runs empty. Before the first chunk the arm stands, so an empty queue is no fault then. */
export class QueueMonitor implements Monitor {
  readonly cause = 'empty_queue';
  readonly reaction: Reaction;
  readonly #grace: number;
  readonly #times = new Float64Array(1);
  #state: QueueState = 'unknown';

  constructor({ grace, reaction }: QueueRule) {
    this.#grace = grace;
    this.reaction = reaction;
  }

  report(state: QueueState, now: number): void {
    if (state === this.#state || (state === 'empty' && this.#state === 'unknown')) return;
    this.#state = state;
    this.#times[CHANGE_INDEX] = now;
  }

  /** Discards all previous reports. */
  restart(): void {
    this.#state = 'unknown';
  }

  /** Restarts the duration of an empty queue after a jump of the clock. */
  restartTiming(now: number): void {
    this.#times[CHANGE_INDEX] = now;
  }

  check(now: number): boolean {
    return this.#state === 'empty' && now - this.#times[CHANGE_INDEX] >= this.#grace - TIME_TOLERANCE_S;
  }

  data(now: number): SafetyData {
    return { empty_s: now - this.#times[CHANGE_INDEX], grace_s: this.#grace };
  }

  message(now: number): string {
    const empty = milliseconds(now - this.#times[CHANGE_INDEX]);
    return `the chunk queue has been empty for ${empty}, allowed are ${milliseconds(this.#grace)}`;
  }
}
