import type { ArmCommand } from '@praxis/core';
import type { FilterConfig } from '../config/filter-config.ts';
import type { FilterVerdict } from './verdict.ts';

const LAST_STAMP_INDEX = 0;

/**
 * Checks of a command before any stage looks at its motion: finite numbers and a valid time.
 */
export class CommandChecks {
  readonly #names: readonly string[];
  readonly #config: FilterConfig;
  readonly #times = new Float64Array(1);

  constructor(names: readonly string[], config: FilterConfig) {
    this.#names = names;
    this.#config = config;
    this.reset();
  }

  reset(): void {
    this.#times[LAST_STAMP_INDEX] = Number.NEGATIVE_INFINITY;
  }

  /** @returns false when the command is rejected; the verdict then holds the reason */
  accept(command: ArmCommand, stamp: number, now: number, verdict: FilterVerdict): boolean {
    return this.#shape(command, verdict) && this.#age(stamp, now, verdict);
  }

  #shape({ position, gripperWidth }: ArmCommand, verdict: FilterVerdict): boolean {
    const n = this.#names.length;
    if (position?.length !== n) {
      verdict.note('reject', 'shape', 'number of joints', '', position?.length ?? 0, n);
      return false;
    }
    for (let i = 0; i < n; i++) {
      if (Number.isFinite(position[i])) continue;
      verdict.note('reject', 'shape', 'position (rad), expected a finite number', this.#names[i], position[i], 0);
      return false;
    }
    if (Number.isFinite(gripperWidth)) return true;
    verdict.note('reject', 'shape', 'width (m), expected a finite number', 'gripper', gripperWidth, 0);
    return false;
  }

  #age(stamp: number, now: number, verdict: FilterVerdict): boolean {
    const { age } = this.#config;
    if (!age) return true;
    if (!(now - stamp <= age.maximum)) {
      verdict.note('reject', 'age', 'age (s)', '', now - stamp, age.maximum);
      return false;
    }
    if (stamp - now > age.future) {
      verdict.note('reject', 'age', 'time ahead of the clock (s)', '', stamp - now, age.future);
      return false;
    }
    if (stamp < this.#times[LAST_STAMP_INDEX]) {
      verdict.note('reject', 'age', 'time before the last command (s)', '', this.#times[LAST_STAMP_INDEX] - stamp, 0);
      return false;
    }
    this.#times[LAST_STAMP_INDEX] = stamp;
    return true;
  }
}
