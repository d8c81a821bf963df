import { quaternion } from '../math/index.ts';
import { isStale } from '../streams/staleness.ts';
import type { ToolLoad } from './contact-wrench.ts';
import type { DerivedStreams } from './derived.ts';

/** Transforms the newest contact wrench to the tool, in base axes, for the controller. */
export class ToolContact {
  readonly #derived: DerivedStreams;
  readonly #load: ToolLoad | undefined;
  readonly #wrench = new Float64Array(6);
  readonly #orientation = new Float64Array(4);
  readonly #lever = new Float64Array(3);

  constructor(derived: DerivedStreams, load: ToolLoad | undefined) {
    this.#derived = derived;
    this.#load = load;
  }

  /**
   * The wrench of the environment on the tool (N, Nm, force first). It is zero without a sensor, before the tare, and
   * when the newest sample is older than {@link MAX_WRENCH_AGE_S}.
   */
  wrenchAt(now: number): Float64Array {
    const { contact, endEffector } = this.#derived;
    if (!contact || !this.#load || isStale(now - contact.stamp, MAX_WRENCH_AGE_S)) return this.#wrench.fill(0);
    quaternion.multiply(endEffector.pose, this.#load.ftInTool, this.#orientation, 3, 3);
    quaternion.rotate(this.#orientation, contact.newest, this.#wrench);
    quaternion.rotate(this.#orientation, contact.newest, this.#wrench, 0, 3, 3);
    quaternion.rotate(endEffector.pose, this.#load.ftInTool, this.#lever, 3);
    const wrench = this.#wrench;
    const lever = this.#lever;
    wrench[3] += lever[1] * wrench[2] - lever[2] * wrench[1];
    wrench[4] += lever[2] * wrench[0] - lever[0] * wrench[2];
    wrench[5] += lever[0] * wrench[1] - lever[1] * wrench[0];
    return wrench;
  }
}

/**
 * Largest age of a wrench that the controller uses (s): the tool must not comply with the last value of a sensor that stopped sending.
 */
export const MAX_WRENCH_AGE_S = 0.05;
