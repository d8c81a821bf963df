import { POSE_SIZE, quaternion } from '@praxis/core';
import type { Capsule } from '../../config/filter-config.ts';

/** Numbers of a capsule's segment: two end points. */
export const SEGMENT_SIZE = 6;

/** Capsules that are at rest or move with a link. Add all of them before `place`. */
export class CapsuleSet {
  /** Link of each capsule; -1 for a capsule at rest. */
  readonly link: number[] = [];
  /** Radii (m). */
  readonly radius: number[] = [];
  readonly name: string[] = [];
  readonly #local: number[] = [];
  #locals = new Float64Array(0);
  #ends = new Float64Array(0);

  /** @returns the number of the capsule */
  add(link: number, capsule: Capsule, name: string): number {
    this.link.push(link);
    this.radius.push(capsule.radius);
    this.name.push(name);
    this.#local.push(...capsule.from, ...capsule.to);
    this.#locals = Float64Array.from(this.#local);
    this.#ends = this.#locals.slice();
    return this.link.length - 1;
  }

  /** Ends of the capsules where they were last placed: 6 numbers each, root link's frame (m). */
  get ends(): Float64Array {
    return this.#ends;
  }

  /** Longest distance of a point of capsule `k` from its link's origin (m). */
  extent(k: number): number {
    const length = (at: number) => Math.sqrt([0, 1, 2].reduce((sum, a) => sum + this.#locals[at + a] ** 2, 0));
    return Math.max(length(k * SEGMENT_SIZE), length(k * SEGMENT_SIZE + 3)) + this.radius[k];
  }

  /** Moves the capsules with their links. @param poses of all links, 7 numbers each, root link's frame */
  place(poses: Float64Array): void {
    for (let k = 0; k < this.link.length; k++) {
      if (this.link[k] < 0) continue;
      const at = this.link[k] * POSE_SIZE;
      for (let end = k * SEGMENT_SIZE; end < (k + 1) * SEGMENT_SIZE; end += 3) {
        quaternion.rotate(poses, this.#locals, this.#ends, at + 3, end, end);
        for (let a = 0; a < 3; a++) this.#ends[end + a] += poses[at + a];
      }
    }
  }
}
