import { TIME_TOLERANCE_S } from '@praxis/core';
import type { Reaction } from '../../config/filter-config.ts';
import type { RejectRule } from '../../config/safety-config.ts';
import type { FilterResult } from '../../filter/verdict.ts';
import type { SafetyData } from '../states/state-machine.ts';
import { type Monitor, milliseconds } from './monitor.ts';

const START_INDEX = 0;

/**
 * Detects a filter that rejects commands continuously. The arm brakes for one bad command; only a series is a fault. A command
 * that a barrier rejects is none: the arm brakes in front of the barrier and may stand there.
 */
export class RejectionMonitor implements Monitor {
  readonly cause = 'command_rejected';
  readonly reaction: Reaction;
  readonly #time: number;
  readonly #times = new Float64Array(1);
  #rejecting = false;
  #last = '';

  constructor({ time, reaction }: RejectRule) {
    this.#time = time;
    this.reaction = reaction;
  }

  observe(result: FilterResult, now: number): void {
    if (result.verdict !== 'reject' || result.stage === 'workspace' || result.stage === 'distance') {
      this.#rejecting = false;
      return;
    }
    if (!this.#rejecting) {
      this.#times[START_INDEX] = now;
      this.#last = result.message();
    }
    this.#rejecting = true;
  }

  restart(): void {
    this.#rejecting = false;
  }

  /** Restarts the duration of the rejection after a jump of the clock. */
  restartTiming(now: number): void {
    this.#times[START_INDEX] = now;
  }

  check(now: number): boolean {
    return this.#rejecting && now - this.#times[START_INDEX] >= this.#time - TIME_TOLERANCE_S;
  }

  data(now: number): SafetyData {
    return { rejected_s: now - this.#times[START_INDEX], allowed_s: this.#time, first: this.#last };
  }

  message(now: number): string {
    return `every command was rejected for ${milliseconds(now - this.#times[START_INDEX])}: ${this.#last}`;
  }
}
