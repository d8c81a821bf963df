import type { MotionState } from './motion-state.ts';
import type { PathBrake } from './path-brake.ts';

/** No stop is followed for longer (periods). */
const MAX_STOP_PERIODS = 2000;

/** Something that a stop has to keep all along. */
export interface StopCondition {
  /** Looks at where a stop would begin. `clear`: no stop from there can break it. */
  begin(state: MotionState): 'clear' | 'follow';
  /** False when the stop would break it here. */
  keeps(state: MotionState): boolean;
}

/**
 * Follows the stop that the filter would really make, to its end. An output is let out only where this stop keeps every
 * guard, and when the next one is refused the stop is what happens: so there is always a way out that breaks nothing (a
 * backup policy: Gurriet et al. 2020, "A scalable safety critical control framework for nonlinear systems").
 */
export class StopCheck {
  readonly #conditions: readonly StopCondition[];
  readonly #following: boolean[];
  readonly #brake: PathBrake;

  constructor(guards: readonly StopCondition[], brake: PathBrake) {
    this.#conditions = guards;
    this.#following = guards.map(() => false);
    this.#brake = brake;
  }

  /** @param state is stopped; @returns the guard that would be broken, or -1 */
  firstBroken(state: MotionState): number {
    let following = false;
    for (let g = 0; g < this.#conditions.length; g++) {
      this.#following[g] = this.#conditions[g].begin(state) === 'follow';
      following ||= this.#following[g];
    }
    for (let k = 0; following && k < MAX_STOP_PERIODS; k++) {
      for (let g = 0; g < this.#conditions.length; g++) {
        if (this.#following[g] && !this.#conditions[g].keeps(state)) return g;
      }
      if (state.standing) return -1;
      this.#brake.step(state);
    }
    return following ? 0 : -1;
  }
}
