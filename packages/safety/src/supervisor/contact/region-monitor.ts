import { TIME_TOLERANCE_S } from '@praxis/core';
import type { ContactLimits } from '../../config/filter-config.ts';
import type { ForceConfig } from '../../config/force-config.ts';
import { quasiStaticLimit, transientLimit } from '../../filter/limits/contact-speed.ts';
import type { Monitor } from '../monitors/monitor.ts';
import type { SafetyData } from '../states/state-machine.ts';

const START_INDEX = 0;
const FORCE_INDEX = 1;

/**
 * Compares the contact force with the limits of the exposed body regions (form of ISO/TS 15066:2016, Annex A): the
 * transient limit at any time, the quasi-static limit once the force has exceeded it for the transient time.
 */
export class BodyRegionMonitor implements Monitor {
  readonly cause = 'body_region';
  readonly #force: ForceConfig;
  readonly #quasiStatic: number;
  readonly #transient: number;
  readonly #numbers = Float64Array.of(Number.POSITIVE_INFINITY, 0);

  constructor(force: ForceConfig, { regions, exposed, contactArea }: ContactLimits) {
    this.#force = force;
    const tables = exposed.map((name) => regions[name]);
    this.#quasiStatic = Math.min(...tables.map((region) => quasiStaticLimit(region, contactArea)));
    this.#transient = Math.min(...tables.map((region) => transientLimit(region, contactArea)));
  }

  get reaction() {
    return this.#force.stop;
  }

  /** @param size magnitude of the contact force (N) */
  observe(size: number, now: number): void {
    this.#numbers[FORCE_INDEX] = size;
    if (size <= this.#quasiStatic) this.#numbers[START_INDEX] = Number.POSITIVE_INFINITY;
    else if (this.#numbers[START_INDEX] === Number.POSITIVE_INFINITY) this.#numbers[START_INDEX] = now;
  }

  /** Discards the contact so far, for a new tare or after a jump of the clock. */
  restart(): void {
    this.#numbers[START_INDEX] = Number.POSITIVE_INFINITY;
    this.#numbers[FORCE_INDEX] = 0;
  }

  check(now: number): boolean {
    const lasts = now - this.#numbers[START_INDEX];
    return this.#numbers[FORCE_INDEX] > this.#transient || lasts > this.#force.transientTime + TIME_TOLERANCE_S;
  }

  data(now: number): SafetyData {
    return {
      force_n: this.#numbers[FORCE_INDEX],
      quasi_static_n: this.#quasiStatic,
      transient_n: this.#transient,
      contact_s: now - this.#numbers[START_INDEX],
    };
  }

  message(now: number): string {
    const size = this.#numbers[FORCE_INDEX].toFixed(1);
    const lasts = (now - this.#numbers[START_INDEX]).toFixed(2);
    return `contact of ${size} N for ${lasts} s, allowed are ${this.#quasiStatic} N, or ${this.#transient} N for ${this.#force.transientTime} s`;
  }
}
