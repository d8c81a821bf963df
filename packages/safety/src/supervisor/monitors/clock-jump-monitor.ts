import { TIME_TOLERANCE_S } from '@praxis/core';
import type { Reaction } from '../../config/filter-config.ts';
import type { ClockRule } from '../../config/safety-config.ts';
import type { SafetyData } from '../states/state-machine.ts';
import { type Monitor, milliseconds } from './monitor.ts';

const LAST_TICK_INDEX = 0;
const STEP_INDEX = 1;

/** Detects a jump of the supervisor's clock: time goes back, or forward by more than a late tick explains. */
export class ClockJumpMonitor implements Monitor {
  readonly cause = 'clock_jump';
  readonly reaction: Reaction;
  readonly #maximumStep: number;
  readonly #times = new Float64Array(2);
  #jumped = false;

  constructor({ maximumStep, reaction }: ClockRule) {
    this.#maximumStep = maximumStep;
    this.reaction = reaction;
    this.#times[LAST_TICK_INDEX] = Number.NaN;
  }

  /** Checks the time of a tick before all other work; true after a jump, which invalidates all remembered times. */
  observe(now: number): boolean {
    const last = this.#times[LAST_TICK_INDEX];
    const step = now - last;
    this.#times[LAST_TICK_INDEX] = now;
    // The first tick has no predecessor.
    this.#jumped = !Number.isNaN(last) && !(step >= -TIME_TOLERANCE_S && step <= this.#maximumStep + TIME_TOLERANCE_S);
    if (this.#jumped) this.#times[STEP_INDEX] = step;
    return this.#jumped;
  }

  check(): boolean {
    return this.#jumped;
  }

  data(): SafetyData {
    return { step_s: this.#times[STEP_INDEX] };
  }

  message(): string {
    const step = this.#times[STEP_INDEX];
    const direction = step < 0 ? 'back' : 'forward';
    return `the clock went ${direction} by ${milliseconds(Math.abs(step))} in one tick, expected 0 to ${milliseconds(this.#maximumStep)} forward`;
  }
}
