import type { FilterConfig } from '../config/filter-config.ts';
import type { FilterVerdict } from './verdict.ts';

/** Distance between the fingers (m) in the output, within its range and its speed limit. */
export class GripperOutput {
  readonly #limits: FilterConfig['gripper'];
  readonly #period: number;
  readonly #width = new Float64Array(1);

  constructor(limits: FilterConfig['gripper'], period: number) {
    this.#limits = limits;
    this.#period = period;
  }

  get width(): number {
    return this.#width[0];
  }

  reset(width: number): void {
    this.#width[0] = this.#inRange(width);
  }

  follow(width: number, verdict: FilterVerdict): void {
    const last = this.#width[0];
    const wanted = this.#inRange(width);
    // A width within one period's step, up to rounding, passes bit by bit.
    const step = this.#limits ? this.#limits.speed * this.#period * (1 + 1e-9) : Number.POSITIVE_INFINITY;
    const next = Math.min(Math.max(wanted, last - step), last + step);
    if (next !== width) verdict.note('clamp', 'joints', 'width (m)', 'gripper', width, next);
    this.#width[0] = next;
  }

  #inRange(width: number): number {
    const limits = this.#limits;
    return limits ? Math.min(Math.max(width, limits.minimum), limits.maximum) : width;
  }
}
