import type { Candidate } from './candidate.ts';
import type { FilterStage } from './filter-stages.ts';
import type { SpeedCap } from './speed-cap.ts';
import type { MotionState, PathBrake } from './stop/path-brake.ts';
import type { StopCondition } from './stop/stop-check.ts';
import type { FilterVerdict } from './verdict.ts';

/** Bisection steps in the search for the share of speed. */
const BISECTION_STEPS = 14;
/**
 * Share of the limit that the motion is slowed to, and share that a stop may reach: the arm turns a little while it
 * stops.
 */
const SPEED_SHARE = 0.94;
const STOP_SPEED_SHARE = 0.96;

/**
 * Slows the same motion down while it would be too fast, now or after the acceleration has ended. Joints that work
 * against each other may brake unequally, so the stage checks the resulting stop as well.
 */
export class SpeedStage implements StopCondition {
  readonly #stage: FilterStage;
  readonly #what: string;
  readonly #cap: SpeedCap;
  readonly #candidate: Candidate;
  readonly #brake: PathBrake;
  readonly #from: Float64Array;
  readonly #peak: Float64Array;

  /** @param what name and unit of the measure, which is a share of the limit */
  constructor(stage: FilterStage, what: string, cap: SpeedCap, candidate: Candidate, brake: PathBrake) {
    this.#stage = stage;
    this.#what = what;
    this.#cap = cap;
    this.#candidate = candidate;
    this.#brake = brake;
    this.#from = new Float64Array(candidate.velocity.length);
    this.#peak = new Float64Array(candidate.velocity.length);
  }

  apply(position: Float64Array, verdict: FilterVerdict): void {
    const candidate = this.#candidate;
    this.#cap.prepare(position);
    const load = this.#load();
    if (load <= SPEED_SHARE) return;
    verdict.note('clamp', this.#stage, this.#what, '', load, SPEED_SHARE);
    this.#from.set(candidate.velocity);
    let low = 0;
    let high = 1;
    for (let k = 0; k < BISECTION_STEPS; k++) {
      const middle = 0.5 * (low + high);
      candidate.scale(this.#from, middle);
      if (this.#load() <= SPEED_SHARE) low = middle;
      else high = middle;
    }
    candidate.scale(this.#from, low);
  }

  /** See {@link StopCondition}. Call `apply` first. */
  begin(next: MotionState): 'clear' | 'follow' {
    // Other stages may have changed the motion since `apply`.
    this.#foresee();
    return this.#cap.bound(this.#peak) <= STOP_SPEED_SHARE && this.#cap.bound(next.velocity) <= STOP_SPEED_SHARE
      ? 'clear'
      : 'follow';
  }

  keeps(next: MotionState): boolean {
    this.#cap.follow(next.position);
    return this.#cap.load(next.velocity) <= STOP_SPEED_SHARE;
  }

  /** Notes that a stop would be too fast. */
  reject(verdict: FilterVerdict): void {
    verdict.note('reject', this.#stage, `${this.#what}, in a stop,`, '', this.#cap.load(this.#peak), STOP_SPEED_SHARE);
  }

  #load(): number {
    this.#foresee();
    return this.#cap.load(this.#peak);
  }

  #foresee(): void {
    const { velocity } = this.#candidate;
    for (let i = 0; i < this.#peak.length; i++)
      this.#peak[i] = this.#brake.peakOf(i, velocity[i], this.#candidate.accelerationOf(i));
  }
}
