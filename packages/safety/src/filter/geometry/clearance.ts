import type { Barrier, Witness } from './barrier.ts';
import { CapsuleSet } from './capsule-set.ts';
import type { LinkMotion } from './link-motion.ts';

/** By how much rounding may change a distance that stays (m). */
const DISTANCE_TOLERANCE_M = 1e-9;

/**
 * All barriers of an arm. A distance changes by no more than the arm moves, so what is far is not measured anew every time:
 * its distance is then a lower bound. Allocates nothing once made.
 */
export class Clearance {
  readonly barriers: readonly Barrier[];
  /** Distance (m) at each barrier, or less where it was not measured since the arm moved; below 0 too near. */
  readonly distance: Float64Array;
  readonly #joints: number;
  readonly #motion: LinkMotion;
  readonly #set: CapsuleSet;
  /** Barriers x joints: how fast a joint changes a distance at most (m per rad, m per m). */
  readonly #reach: Float64Array;
  /** The largest of these for each joint. */
  readonly #largestReach: Float64Array;
  readonly #at: Float64Array;
  readonly #moved: Float64Array;
  readonly #witness: Witness = {
    first: new Float64Array(3),
    second: new Float64Array(3),
    normal: new Float64Array(3),
  };
  #placed: 'here' | 'elsewhere' = 'elsewhere';

  /** @param build makes the barriers, and adds the capsules that they need to the set */
  constructor(motion: LinkMotion, build: (set: CapsuleSet) => readonly Barrier[]) {
    this.#motion = motion;
    this.#joints = motion.joints;
    this.#set = new CapsuleSet();
    this.barriers = build(this.#set);
    this.distance = new Float64Array(this.barriers.length);
    const extent = motion.tree.links.map(() => 0);
    this.#set.link.forEach((link, k) => {
      if (link >= 0) extent[link] = Math.max(extent[link], this.#set.extent(k));
    });
    this.#reach = Float64Array.from(
      this.barriers.flatMap(({ firstLink, secondLink }) => [...motion.reach(firstLink, secondLink, extent)]),
    );
    this.#largestReach = new Float64Array(this.#joints);
    for (let k = 0; k < this.#reach.length; k++) {
      const i = k % this.#joints;
      this.#largestReach[i] = Math.max(this.#largestReach[i], this.#reach[k]);
    }
    this.#at = new Float64Array(this.#joints);
    this.#moved = new Float64Array(this.#joints);
    this.invalidate();
  }

  /** Nothing is known of the distances. */
  invalidate(): void {
    this.distance.fill(Number.NEGATIVE_INFINITY);
  }

  /** The arm is at `position` now: what it may have come nearer to is as near as it may be. */
  advance(position: Float64Array): void {
    for (let i = 0; i < this.#joints; i++) this.#moved[i] = position[i] - this.#at[i];
    this.#at.set(position);
    this.#placed = 'elsewhere';
    for (let k = 0; k < this.distance.length; k++) this.distance[k] -= this.change(k, this.#moved);
  }

  /** Measures barrier `k` where `advance` put the arm. */
  measure(k: number): number {
    if (this.#placed === 'elsewhere') this.place(this.#at);
    this.#placed = 'here';
    this.distance[k] = this.barriers[k].measure(this.#witness);
    return this.distance[k];
  }

  /** How much barrier `k` changes at most when the joints move by `motion`, or how fast when they are so fast. */
  change(k: number, motion: Float64Array): number {
    let sum = 0;
    const at = k * this.#joints;
    for (let i = 0; i < this.#joints; i++) sum += this.#reach[at + i] * Math.abs(motion[i]);
    return sum;
  }

  /** The same for whichever barrier changes most. */
  largestChange(motion: Float64Array): number {
    let sum = 0;
    for (let i = 0; i < this.#joints; i++) sum += this.#largestReach[i] * Math.abs(motion[i]);
    return sum;
  }

  /** How near barrier `k` may come: to 0, or as near as it is now where it is too near already. */
  floor(k: number): number {
    return Math.min(0, this.distance[k]) - DISTANCE_TOLERANCE_M;
  }

  /** Puts links and capsules elsewhere for `probe`. */
  place(position: Float64Array): void {
    this.#motion.place(position);
    this.#set.place(this.#motion.poses);
    this.#placed = 'elsewhere';
  }

  /** Distance at barrier `k` where `place` put the arm. */
  probe(k: number): number {
    return this.barriers[k].measure(this.#witness);
  }

  /** How the distance at barrier `k` grows with the joints, where `advance` put the arm: n numbers from `at` on. */
  gradient(k: number, out: Float64Array, at: number): void {
    const { firstLink, secondLink } = this.barriers[k];
    this.measure(k);
    const { first, second, normal } = this.#witness;
    out.fill(0, at, at + this.#joints);
    if (firstLink >= 0) this.#motion.addGradient(firstLink, first, normal, 1, out, at);
    if (secondLink >= 0) this.#motion.addGradient(secondLink, second, normal, -1, out, at);
  }
}
