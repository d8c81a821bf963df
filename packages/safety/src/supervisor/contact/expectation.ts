import type { ContactLimit, ForceConfig } from '../../config/force-config.ts';
import type { MeasuredArm } from '../states/measured-arm.ts';

/** Fingers faster than this (m/s) grip or release. */
const GRIPPING_SPEED_M_S = 0.005;
const GRIPPED = 0;

/** The contact that the task announces: none, the configured limit, or a limit of its own. */
export type Expectation = 'free' | 'expected' | ContactLimit;

/**
 * The contact to expect now: what the task announces, or what tool height and finger motion imply, whichever is more.
 */
export class ContactExpectation {
  #announced: Expectation = 'free';
  readonly #config: ForceConfig;
  readonly #times = Float64Array.of(Number.NEGATIVE_INFINITY);

  constructor(config: ForceConfig) {
    this.#config = config;
  }

  set(what: Expectation): void {
    this.#announced = what;
  }

  forget(): void {
    this.#times[GRIPPED] = Number.NEGATIVE_INFINITY;
  }

  /** The contact limit that applies now. */
  limit(arm: MeasuredArm, now: number): ContactLimit {
    const { free, expected, expect } = this.#config;
    if (Math.abs(arm.gripperSpeed) > GRIPPING_SPEED_M_S) this.#times[GRIPPED] = now;
    if (typeof this.#announced === 'object') return this.#announced;
    if (this.#announced === 'expected') return expected;
    if (expect.below !== null && arm.pose[2] < expect.below) return expected;
    if (expect.gripping !== null && now - this.#times[GRIPPED] <= expect.gripping) return expected;
    return free;
  }
}
