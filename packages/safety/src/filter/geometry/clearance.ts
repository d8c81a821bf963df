import type { Barrier, Witness } from './barrier.ts';
import { CapsuleSet } from './capsule-set.ts';
import type { LinkMotion } from './link-motion.ts';

/** Rounding may change a constant distance by this much (m). */
const DISTANCE_TOLERANCE_M = 1e-9;

/**
 * All barriers of an arm. A distance changes by no more than the arm moves, so a far one is not measured each time: its
 * value is then a lower bound. The first joints are the arm's own; those of other arms follow, and a motion that has only
 * the first ones is one in which the others stand. It allocates nothing after construction.
 */
export class Clearance {
  readonly barriers: readonly Barrier[];
  /**
   * Lower bound of the distance at each barrier (m), exact if it was measured since the arm moved; below 0 is too near.
   */
  readonly distance: Float64Array;
  /** Number of joints, those of other arms included. */
  readonly joints: number;
  readonly #motion: LinkMotion;
  readonly #set: CapsuleSet;
  /** Barriers x joints: fastest change of a distance by a joint (m per rad, m per m). */
  readonly #reach: Float64Array;
  /** The largest of these values for each joint. */
  readonly #largestReach: Float64Array;
  readonly #at: Float64Array;
  readonly #moved: Float64Array;
  readonly #witness: Witness = {
    first: new Float64Array(3),
    second: new Float64Array(3),
    normal: new Float64Array(3),
  };
  #placed: 'here' | 'elsewhere' = 'elsewhere';

  /** @param build makes the barriers and adds their capsules to the set */
  constructor(motion: LinkMotion, build: (set: CapsuleSet) => readonly Barrier[]) {
    this.#motion = motion;
    this.joints = motion.joints;
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
    this.#largestReach = new Float64Array(this.joints);
    for (let k = 0; k < this.#reach.length; k++) {
      const i = k % this.joints;
      this.#largestReach[i] = Math.max(this.#largestReach[i], this.#reach[k]);
    }
    this.#at = new Float64Array(this.joints);
    this.#moved = new Float64Array(this.joints);
    this.invalidate();
  }

  /** Discards all known distances. */
  invalidate(): void {
    this.distance.fill(Number.NEGATIVE_INFINITY);
  }

  /** Moves all joints to `position` (rad, m) and lowers every distance by the largest possible change. */
  advance(position: Float64Array): void {
    for (let i = 0; i < this.joints; i++) this.#moved[i] = position[i] - this.#at[i];
    this.#at.set(position);
    this.#placed = 'elsewhere';
    for (let k = 0; k < this.distance.length; k++) this.distance[k] -= this.change(k, this.#moved);
  }

  /** Measures barrier `k` at the position of `advance` (m). */
  measure(k: number): number {
    if (this.#placed === 'elsewhere') this.place(this.#at);
    this.#placed = 'here';
    this.distance[k] = this.barriers[k].measure(this.#witness);
    return this.distance[k];
  }

  /** Largest change of barrier `k` (m) while the joints move by `motion`, or its rate (m/s) for joint velocities. */
  change(k: number, motion: Float64Array): number {
    let sum = 0;
    const at = k * this.joints;
    for (let i = 0; i < motion.length; i++) sum += this.#reach[at + i] * Math.abs(motion[i]);
    return sum;
  }

  /** The largest such change of any barrier. */
  largestChange(motion: Float64Array): number {
    let sum = 0;
    for (let i = 0; i < motion.length; i++) sum += this.#largestReach[i] * Math.abs(motion[i]);
    return sum;
  }

  /** Smallest allowed value of barrier `k`: 0, or its present value if that is below 0. */
  floor(k: number): number {
    return Math.min(0, this.distance[k]) - DISTANCE_TOLERANCE_M;
  }

  /** Places links and capsules elsewhere for `probe`. */
  place(position: Float64Array): void {
    this.#motion.place(position);
    this.#set.place(this.#motion.poses);
    this.#placed = 'elsewhere';
  }

  /** Distance at barrier `k` at the position of `place` (m). */
  probe(k: number): number {
    return this.barriers[k].measure(this.#witness);
  }

  /** Gradient of barrier `k` with respect to the joints at the position of `advance`: n numbers from `at` on. */
  gradient(k: number, out: Float64Array, at: number): void {
    const { firstLink, secondLink } = this.barriers[k];
    this.measure(k);
    const { first, second, normal } = this.#witness;
    out.fill(0, at, at + this.joints);
    if (firstLink >= 0) this.#motion.addGradient(firstLink, first, normal, 1, out, at);
    if (secondLink >= 0) this.#motion.addGradient(secondLink, second, normal, -1, out, at);
  }
}
