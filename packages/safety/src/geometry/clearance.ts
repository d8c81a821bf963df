import type { Barrier, Witness } from './barrier.ts';
import { CapsuleSet } from './capsule-set.ts';
import type { LinkMotion } from './link-motion.ts';

/** By how much rounding may change a distance that stays (m). */
const ROUNDING = 1e-9;
/** A barrier that may be nearer than this elsewhere (m) is measured there. */
const NEAR = 0.05;

/**
 * All barriers of an arm. A distance changes by no more than the arm moves, so what is far is not measured anew every time:
 * its distance is then a lower bound. Allocates nothing once made.
 */
export class Clearance {
  readonly barriers: readonly Barrier[];
  /** Distance (m) at each barrier, or less where it is far; below 0 too near. */
  readonly distance: Float64Array;
  /** How far the arm moves at most when a joint does (m per rad, m per m). */
  readonly reach: Float64Array;
  readonly #motion: LinkMotion;
  readonly #set: CapsuleSet;
  readonly #at: Float64Array;
  /** How near each barrier may be: 0, or as near as it is where the arm stands too near already. */
  readonly #floor: Float64Array;
  readonly #witness: Witness = {
    first: new Float64Array(3),
    second: new Float64Array(3),
    normal: new Float64Array(3),
  };
  #nearest = 0;

  /** @param build makes the barriers, and adds the capsules that they need to the set */
  constructor(motion: LinkMotion, build: (set: CapsuleSet) => readonly Barrier[]) {
    this.#motion = motion;
    this.#set = new CapsuleSet();
    this.barriers = build(this.#set);
    this.distance = new Float64Array(this.barriers.length);
    this.#floor = new Float64Array(this.barriers.length);
    const extent = motion.tree.links.map(() => 0);
    this.#set.link.forEach((link, k) => {
      if (link >= 0) extent[link] = Math.max(extent[link], this.#set.extent(k));
    });
    this.reach = motion.reach(extent);
    this.#at = new Float64Array(this.reach.length);
    this.forget();
  }

  /** The barrier with the least room when `update` or `probe` last looked. */
  get nearest(): number {
    return this.#nearest;
  }

  /** Nothing is known of the distances. */
  forget(): void {
    this.distance.fill(Number.NEGATIVE_INFINITY);
  }

  /**
   * The arm is somewhere: measures what may be nearer than `need` (m).
   * @returns the least room (m): how far the arm may move before it can be too near, or nearer than it is where it is too near
   */
  update(position: Float64Array, need: number): number {
    let moved = 0;
    for (let i = 0; i < position.length; i++) moved += this.reach[i] * Math.abs(position[i] - this.#at[i]);
    this.#at.set(position);
    let placed = false;
    let least = Number.POSITIVE_INFINITY;
    for (let k = 0; k < this.barriers.length; k++) {
      this.distance[k] -= moved;
      if (this.distance[k] < need) {
        if (!placed) this.place(position);
        placed = true;
        this.distance[k] = this.barriers[k].measure(this.#witness);
      }
      this.#floor[k] = Math.min(0, this.distance[k]) - ROUNDING;
      const room = this.distance[k] - this.#floor[k];
      if (room < least) this.#nearest = k;
      least = Math.min(least, room);
    }
    return least;
  }

  /**
   * The least room (m) that the arm would have elsewhere; below 0 where it would be too near.
   * @param moved how far any of its points has gone since `update`, at most (m)
   */
  probe(position: Float64Array, moved: number): number {
    let placed = false;
    let least = Number.POSITIVE_INFINITY;
    for (let k = 0; k < this.barriers.length; k++) {
      let room = this.distance[k] - this.#floor[k] - moved;
      if (room < NEAR) {
        if (!placed) this.place(position);
        placed = true;
        room = this.barriers[k].measure(this.#witness) - this.#floor[k];
      }
      if (room < least) this.#nearest = k;
      least = Math.min(least, room);
    }
    return least;
  }

  /** Puts links and capsules where the joints say. */
  place(position: Float64Array): void {
    this.#motion.place(position);
    this.#set.place(this.#motion.poses);
  }

  /** How the distance at barrier `k` grows with the joints, where the arm was last placed: n numbers from `at` on. */
  gradient(k: number, out: Float64Array, at: number): void {
    const { firstLink, secondLink } = this.barriers[k];
    this.barriers[k].measure(this.#witness);
    const { first, second, normal } = this.#witness;
    out.fill(0, at, at + this.reach.length);
    if (firstLink >= 0) this.#motion.addGradient(firstLink, first, normal, 1, out, at);
    if (secondLink >= 0) this.#motion.addGradient(secondLink, second, normal, -1, out, at);
  }
}
