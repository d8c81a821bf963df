import type { Reaction } from '../../config/reaction.ts';
import type { ClockRule } from '../../config/safety-config.ts';
import type { SafetyData } from '../states/event.ts';
import { type Monitor, milliseconds, TIME_TOLERANCE_S } from './monitor.ts';

const LAST = 0;
const STEP = 1;

/** Holds the supervisor's own time to account: it goes forward, and no further in one tick than a late tick explains. */
export class ClockJumpMonitor implements Monitor {
  readonly cause = 'clock_jump';
  readonly reaction: Reaction;
  readonly #maximumStep: number;
  readonly #times = new Float64Array(2);
  #jumped = false;

  constructor({ maximumStep, reaction }: ClockRule) {
    this.#maximumStep = maximumStep;
    this.reaction = reaction;
    this.#times[LAST] = Number.NaN;
  }

  /** Looks at the time of a tick before anything else does; true when it jumped, and what is remembered of time is void. */
  observe(now: number): boolean {
    const last = this.#times[LAST];
    const step = now - last;
    this.#times[LAST] = now;
    // The first tick has none before it.
    this.#jumped = !Number.isNaN(last) && !(step >= -TIME_TOLERANCE_S && step <= this.#maximumStep + TIME_TOLERANCE_S);
    if (this.#jumped) this.#times[STEP] = step;
    return this.#jumped;
  }

  check(): boolean {
    return this.#jumped;
  }

  data(): SafetyData {
    return { step_s: this.#times[STEP] };
  }

  message(): string {
    const step = this.#times[STEP];
    const way = step < 0 ? 'back' : 'forward';
    return `the clock went ${way} by ${milliseconds(Math.abs(step))} in one tick, expected 0 to ${milliseconds(this.#maximumStep)} forward`;
  }
}
