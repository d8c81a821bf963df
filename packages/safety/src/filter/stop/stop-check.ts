import type { MotionState, PathBrake } from './path-brake.ts';

/** Longest stop that is simulated (periods). */
export const MAX_STOP_PERIODS = 2000;

/** A condition that a stop must keep from beginning to end. */
export interface StopCondition {
  /** Prepares for a stop that begins at `state`. `clear` means that no stop from there can break the condition. */
  begin(state: MotionState): 'clear' | 'follow';
  /** False when the stop breaks the condition at `state`. */
  keeps(state: MotionState): boolean;
}

/**
 * Simulates the stop that the filter would make, to its end. The filter sends an output only if this stop keeps every
 * condition; if it rejects the next one, that stop happens. So there is always a way out that breaks nothing (a backup
 * policy: Gurriet et al. 2020, "A scalable safety critical control framework for nonlinear systems").
 */
export class StopCheck {
  readonly #conditions: readonly StopCondition[];
  readonly #following: boolean[];
  readonly #brake: PathBrake;

  constructor(conditions: readonly StopCondition[], brake: PathBrake) {
    this.#conditions = conditions;
    this.#following = conditions.map(() => false);
    this.#brake = brake;
  }

  /**
   * @param state initial state; it is moved along the stop
   * @returns the index of the condition that would be broken, or -1
   */
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
