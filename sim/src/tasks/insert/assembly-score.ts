import { length3, vector3 } from '@praxis/core';

/** One moment of an insertion. */
export interface AssemblySample {
  /** Time (s). The samples are equally spaced. */
  readonly time: number;
  /** Position of the tool (m). */
  readonly tool: readonly [number, number, number];
  /** Force on the held part (N). */
  readonly force: number;
  /** True while the robot touches something that is no goal. */
  readonly offLimits: boolean;
}

/** How far an insertion came: fully into a socket, partly into the right one (0..1 of its depth), or the tip's distance from it (m). */
export type Placement =
  | { readonly kind: 'in right' }
  | { readonly kind: 'in wrong' }
  | { readonly kind: 'partly'; readonly depth: number }
  | { readonly kind: 'beside'; readonly distance: number; readonly startDistance: number };

/** Samples of the fit from which the jerk follows, to each side of the middle. */
const HALF_WINDOW = 7;
const WINDOW = 2 * HALF_WINDOW + 1;
/** The tool moves above this speed (m/s). */
const MOVING_M_S = 0.01;
/** A mean jerk of this much gives nothing (m/s^3). */
const WORST_JERK_M_S3 = 50;
const [BEST_TIME_S, WORST_TIME_S] = [5, 60];
/** A path that is so much longer than the straight way gives nothing (m). */
const WORST_DETOUR_M = 1;
const HIGH_FORCE_N = 20;
const HIGH_FORCE_TIME_S = 1;

/** Monic orthogonal polynomial of third degree over the window, divided by its norm: the cubic coefficient of a least-squares fit. */
const CUBIC = (() => {
  const mean = (3 * HALF_WINDOW * HALF_WINDOW + 3 * HALF_WINDOW - 1) / 5;
  const values = Array.from({ length: WINDOW }, (_, k) => (k - HALF_WINDOW) ** 3 - mean * (k - HALF_WINDOW));
  const norm = values.reduce((sum, value) => sum + value * value, 0);
  return values.map((value) => value / norm);
})();

const share = (value: number): number => Math.max(0, Math.min(1, value));
const distance = (a: vector3.Vector3, b: vector3.Vector3): number => length3(vector3.minus(a, b));

/**
 * Scores an insertion out of 100 by the rule that Intrinsic published for its assembly challenge, so that the figure can be placed:
 *
 * - 1 for a valid run.
 * - 75 for the right socket, -12 for the wrong one, 38 to 50 by depth when partly in, up to 25 by nearness.
 * - Only if that is above 0: up to 6 for smoothness (mean linear jerk while the tool moves, by a Savitzky-Golay filter of 15 samples:
 *   0 m/s^3 to 50), up to 12 for time (5 s to 60 s), up to 6 for the path (the straight way to 1 m more).
 * - -12 when the force stays above 20 N for more than 1 s, -24 for touching what is off limits.
 */
export class AssemblyScore {
  readonly #window: AssemblySample[] = [];
  #start: AssemblySample | undefined;
  #last: AssemblySample | undefined;
  #path = 0;
  #jerkSum = 0;
  #jerkCount = 0;
  #highSince: number | undefined;
  #isForceHigh = false;
  #isOffLimits = false;

  /** Adds a moment. */
  add(sample: AssemblySample): void {
    this.#start ??= sample;
    if (this.#last) this.#path += distance(sample.tool, this.#last.tool);
    this.#last = sample;
    if (sample.offLimits) this.#isOffLimits = true;
    if (sample.force <= HIGH_FORCE_N) this.#highSince = undefined;
    else {
      this.#highSince ??= sample.time;
      if (sample.time - this.#highSince > HIGH_FORCE_TIME_S) this.#isForceHigh = true;
    }
    this.#window.push(sample);
    if (this.#window.length > WINDOW) this.#window.shift();
    if (this.#window.length === WINDOW) this.#addJerk();
  }

  /** Returns the score. @param straight length of the straight way from the start to the goal (m) */
  result(placement: Placement, straight: number): number {
    const placed = placementScore(placement);
    const penalties = (this.#isForceHigh ? -12 : 0) + (this.#isOffLimits ? -24 : 0);
    if (placed <= 0 || !this.#start || !this.#last) return 1 + placed + penalties;
    const time = this.#last.time;
    const jerk = this.#jerkCount === 0 ? 0 : this.#jerkSum / this.#jerkCount;
    return (
      1 +
      placed +
      6 * share(1 - jerk / WORST_JERK_M_S3) +
      12 * share((WORST_TIME_S - time) / (WORST_TIME_S - BEST_TIME_S)) +
      6 * share(1 - (this.#path - straight) / WORST_DETOUR_M) +
      penalties
    );
  }

  #addJerk(): void {
    const [first, middle, last] = [this.#window[0], this.#window[HALF_WINDOW], this.#window[WINDOW - 1]];
    const period = (last.time - first.time) / (WINDOW - 1);
    const before = this.#window[HALF_WINDOW - 1];
    if (!(distance(middle.tool, before.tool) > MOVING_M_S * period)) return;
    let square = 0;
    for (let axis = 0; axis < 3; axis++) {
      const cubic = CUBIC.reduce((sum, weight, k) => sum + weight * this.#window[k].tool[axis], 0);
      square += ((6 * cubic) / (period * period * period)) ** 2;
    }
    this.#jerkSum += Math.sqrt(square);
    this.#jerkCount++;
  }
}

function placementScore(placement: Placement): number {
  if (placement.kind === 'in right') return 75;
  if (placement.kind === 'in wrong') return -12;
  if (placement.kind === 'partly') return 38 + 12 * share(placement.depth);
  return 25 * share(1 - placement.distance / placement.startDistance);
}
