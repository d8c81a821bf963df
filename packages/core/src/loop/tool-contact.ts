import { quaternion } from '../math/index.ts';
import { isStale } from '../streams/staleness.ts';
import type { ContactWrench, ToolLoad } from './contact-wrench.ts';
import type { EndEffectorState } from './end-effector-state.ts';

/** Transforms the newest contact wrench to the tool, in base axes, for the controller. */
export class ToolContact {
  readonly #contact: ContactWrench | undefined;
  readonly #endEffector: EndEffectorState;
  readonly #load: ToolLoad | undefined;
  readonly #wrench = new Float64Array(6);
  readonly #orientation = new Float64Array(4);
  readonly #lever = new Float64Array(3);

  /** @param contact undefined for an arm without a wrist sensor, or whose load is unknown */
  constructor(contact: ContactWrench | undefined, endEffector: EndEffectorState, load: ToolLoad | undefined) {
    this.#contact = contact;
    this.#endEffector = endEffector;
    this.#load = load;
  }

  /**
   * The wrench of the environment on the tool (N, Nm, force first). It is zero without a sensor, before the tare, and
   * when the newest sample is older than {@link MAX_WRENCH_AGE_S}.
   */
  wrenchAt(now: number): Float64Array {
    const contact = this.#contact;
    const endEffector = this.#endEffector;
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
