import type { Candidate } from './candidate.ts';
import type { FilterStage } from './result.ts';
import type { SpeedCap } from './speed-cap.ts';
import type { FilterVerdict } from './verdict.ts';

/** Halvings of the share of speed that is looked for. */
const STEPS = 14;
/** Kept below the limit, for what the arm's turning and the joints' unequal braking add while it slows down. */
const MARGIN = 0.98;

/** Goes the same way more slowly while something would be too fast, now or once the acceleration is let go. */
export class SpeedStage {
  readonly #stage: FilterStage;
  readonly #what: string;
  readonly #cap: SpeedCap;
  readonly #from: Float64Array;
  readonly #peak: Float64Array;

  /** @param what the measure, with its unit: a share of what is allowed */
  constructor(stage: FilterStage, what: string, cap: SpeedCap, joints: number) {
    this.#stage = stage;
    this.#what = what;
    this.#cap = cap;
    this.#from = new Float64Array(joints);
    this.#peak = new Float64Array(joints);
  }

  apply(candidate: Candidate, position: Float64Array, verdict: FilterVerdict): void {
    this.#cap.prepare(position);
    const load = this.#load(candidate);
    if (load <= MARGIN) return;
    verdict.note('clamp', this.#stage, this.#what, '', load, MARGIN);
    this.#from.set(candidate.velocity);
    let [low, high] = [0, 1];
    for (let k = 0; k < STEPS; k++) {
      const middle = 0.5 * (low + high);
      candidate.slow(this.#from, middle);
      if (this.#load(candidate) <= MARGIN) low = middle;
      else high = middle;
    }
    candidate.slow(this.#from, low);
  }

  #load(candidate: Candidate): number {
    for (let i = 0; i < this.#peak.length; i++) this.#peak[i] = candidate.peakOf(i);
    return this.#cap.load(this.#peak);
  }
}
