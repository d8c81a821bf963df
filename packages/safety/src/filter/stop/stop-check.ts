import type { MotionState } from './motion-state.ts';
import type { PathBrake } from './path-brake.ts';

/** No stop is followed for longer (periods). */
const LONGEST = 2000;

/** Something that a stop has to keep all along. */
export interface StopGuard {
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
  readonly #guards: readonly StopGuard[];
  readonly #following: boolean[];
  readonly #brake: PathBrake;

  constructor(guards: readonly StopGuard[], brake: PathBrake) {
    this.#guards = guards;
    this.#following = guards.map(() => false);
    this.#brake = brake;
  }

  /** @param state is stopped; @returns the guard that would be broken, or -1 */
  broken(state: MotionState): number {
    let following = false;
    for (let g = 0; g < this.#guards.length; g++) {
      this.#following[g] = this.#guards[g].begin(state) === 'follow';
      following ||= this.#following[g];
    }
    for (let k = 0; following && k < LONGEST; k++) {
      for (let g = 0; g < this.#guards.length; g++) {
        if (this.#following[g] && !this.#guards[g].keeps(state)) return g;
      }
      if (state.standing) return -1;
      this.#brake.step(state);
    }
    return following ? 0 : -1;
  }
}
