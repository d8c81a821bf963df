import { type ControlLoop, quaternion, type ToolLoad, vector3 } from '@praxis/core';
import type { SkillReading } from '@praxis/planner';

/** Name of the loop's stream with the contact wrench. */
const CONTACT_WRENCH = 'wrench.contact';

/** Follows the contact wrench of a running loop's only arm: turned from the frame of the sensor into the base frame, with its torque about the tool. */
export class FeltContact {
  #newest: Pick<SkillReading, 'force' | 'torque'> = {};

  /** @param tool load of the sensor; undefined without a sensor, and then nothing is felt */
  constructor({ derived }: Pick<ControlLoop, 'derived'>, tool: ToolLoad | undefined) {
    if (!tool || !derived.contact) return;
    const orientation = new Float64Array(4);
    const turned = new Float64Array(9);
    derived.stream(CONTACT_WRENCH).subscribe(({ value }) => {
      const { pose } = derived.endEffector;
      quaternion.multiply(pose, tool.ftInTool, orientation, 3, 3);
      quaternion.rotate(orientation, value as Float64Array, turned);
      quaternion.rotate(orientation, value as Float64Array, turned, 0, 3, 3);
      quaternion.rotate(pose, tool.ftInTool, turned, 3, 0, 6);
      const [fx, fy, fz, tx, ty, tz, ...lever] = turned;
      const force: vector3.Vector3 = [fx, fy, fz];
      const [mx, my, mz] = vector3.cross(lever as [number, number, number], force);
      this.#newest = { force, torque: [tx + mx, ty + my, tz + mz] };
    });
  }

  /** Newest force (N) and torque about the tool (Nm), base frame, without the tool's weight; nothing before the first sample. */
  get newest(): Pick<SkillReading, 'force' | 'torque'> {
    return this.#newest;
  }
}
