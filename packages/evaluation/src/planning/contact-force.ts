import { type ControlLoop, quaternion, type ToolLoad } from '@praxis/core';

/** Name of the loop's stream with the contact wrench. */
const CONTACT_WRENCH = 'wrench.contact';

/** Follows the contact force of a running loop's only arm, turned from the frame of the sensor into the base frame. */
export class ContactForce {
  readonly #force = new Float64Array(3);
  #isKnown = false;

  /** @param tool load of the sensor; undefined without a sensor, and then there is no force */
  constructor({ derived }: Pick<ControlLoop, 'derived'>, tool: ToolLoad | undefined) {
    if (!tool || !derived.contact) return;
    const orientation = new Float64Array(4);
    derived.stream(CONTACT_WRENCH).subscribe(({ value }) => {
      quaternion.multiply(derived.endEffector.pose, tool.ftInTool, orientation, 3, 3);
      quaternion.rotate(orientation, value as Float64Array, this.#force);
      this.#isKnown = true;
    });
  }

  /** Newest force (N, base frame), without the tool's weight; undefined before the first sample. */
  get newest(): readonly [number, number, number] | undefined {
    const [x, y, z] = this.#force;
    return this.#isKnown ? [x, y, z] : undefined;
  }
}
