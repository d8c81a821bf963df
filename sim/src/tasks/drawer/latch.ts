import type { Mechanism, PartJoints } from '../mechanism.ts';

/** Play of the latch, outwards from the closed drawer (m). */
const PLAY_M = 0.0006;
/** Stiffness of the latch, as of a catch of plastic (N/m). */
const LATCH_STIFFNESS_N_M = 6000;
/** The end of the push, which the spring keeps the drawer from (m). */
const INNER_END_M = -0.008;
/** A push past this position turns the latch (m). */
export const TURN_M = -0.003;
/** The latch is ready for the next push once the drawer is back here (m). */
const READY_M = -0.001;
/** Stiffness of the spring that pushes a drawer back from its inner end (N/m). */
const INNER_STIFFNESS_N_M = 2500;

/** One drawer with a push latch: a push turns the latch from holding to free, or from free to holding, and nothing of that shows. */
export class LatchedDrawer implements Mechanism {
  readonly name: string;
  /** How far the drawer opens (m). */
  readonly travel: number;
  #latched: boolean;
  #ready = true;
  #position = 0;

  /** @param name name of the sliding part */
  constructor(name: string, travel: number, latched: boolean) {
    this.name = name;
    this.travel = travel;
    this.#latched = latched;
  }

  /** True while the latch holds the drawer. */
  get latched(): boolean {
    return this.#latched;
  }

  /** Position outwards from closed (m). */
  get position(): number {
    return this.#position;
  }

  /** Turns the latch after a push, and pushes the drawer with latch and spring. */
  advance(joints: PartJoints): void {
    const position = joints.position(this.name);
    this.#position = position;
    if (this.#ready && position < TURN_M) {
      this.#latched = !this.#latched;
      this.#ready = false;
    }
    if (position > READY_M) this.#ready = true;
    const pull = this.#latched ? LATCH_STIFFNESS_N_M * Math.max(0, position - PLAY_M) : 0;
    joints.push(this.name, INNER_STIFFNESS_N_M * Math.max(0, -position) - pull);
  }
}

/** Least and largest position of a drawer (m). */
export const drawerRange = ({ travel }: LatchedDrawer): readonly [number, number] => [INNER_END_M, travel];
