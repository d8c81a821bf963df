import { quaternion } from '../math/index.ts';
import type { Kinematics } from '../ports/kinematics.ts';

interface SerialLink {
  /** Offset from the previous joint, in its frame (m). */
  readonly offset: readonly [number, number, number];
  /** Unit axis of the joint. */
  readonly axis: readonly [number, number, number];
}

/** A chain of revolute joints for tests: forward kinematics and Jacobian computed directly from the definition. */
export class SerialArm implements Kinematics {
  readonly jointNames: readonly string[];
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly maxVelocity: Float64Array;
  readonly #links: readonly SerialLink[];
  readonly #tool: readonly [number, number, number];
  readonly #origins: Float64Array;
  readonly #axes: Float64Array;
  readonly #pose = new Float64Array(7);
  readonly #rotation = new Float64Array(4);
  readonly #vector = new Float64Array(3);

  constructor(links: readonly SerialLink[], tool: readonly [number, number, number], limit = 2.8, maxVelocity = 2.5) {
    this.#links = links;
    this.#tool = tool;
    this.jointNames = links.map((_, i) => `joint${i + 1}`);
    this.lower = new Float64Array(links.length).fill(-limit);
    this.upper = new Float64Array(links.length).fill(limit);
    this.maxVelocity = new Float64Array(links.length).fill(maxVelocity);
    this.#origins = new Float64Array(3 * links.length);
    this.#axes = new Float64Array(3 * links.length);
  }

  forward(joints: Float64Array, out: Float64Array): void {
    const pose = this.#pose.fill(0);
    pose[6] = 1;
    this.#links.forEach(({ offset, axis }, i) => {
      this.#shift(offset);
      for (let k = 0; k < 3; k++) {
        this.#origins[3 * i + k] = pose[k];
        this.#vector[k] = axis[k] * joints[i];
      }
      quaternion.rotate(pose, axis, this.#axes, 3, 0, 3 * i);
      quaternion.fromRotationVector(this.#vector, this.#rotation);
      quaternion.multiply(pose, this.#rotation, pose, 3, 0, 3);
    });
    this.#shift(this.#tool);
    for (let k = 0; k < 7; k++) out[k] = pose[k];
  }

  jacobian(joints: Float64Array, out: Float64Array): void {
    this.forward(joints, this.#pose);
    const n = this.#links.length;
    const [x, y, z] = this.#pose;
    for (let i = 0; i < n; i++) {
      const [ax, ay, az] = this.#axes.subarray(3 * i, 3 * i + 3);
      const rx = x - this.#origins[3 * i];
      const ry = y - this.#origins[3 * i + 1];
      const rz = z - this.#origins[3 * i + 2];
      out[i] = ay * rz - az * ry;
      out[n + i] = az * rx - ax * rz;
      out[2 * n + i] = ax * ry - ay * rx;
      out[3 * n + i] = ax;
      out[4 * n + i] = ay;
      out[5 * n + i] = az;
    }
  }

  #shift(offset: readonly number[]): void {
    quaternion.rotate(this.#pose, offset, this.#vector, 3);
    for (let k = 0; k < 3; k++) this.#pose[k] += this.#vector[k];
  }
}

/** Seven joints with the proportions of a research arm. The tool points down at {@link HOME_JOINTS_RAD}. */
export const sevenJointArm = (): SerialArm =>
  new SerialArm(
    [
      { offset: [0, 0, 0.333], axis: [0, 0, 1] },
      { offset: [0, 0, 0], axis: [0, 1, 0] },
      { offset: [0, 0, 0.316], axis: [0, 0, 1] },
      { offset: [0.0825, 0, 0], axis: [0, -1, 0] },
      { offset: [-0.0825, 0, 0.384], axis: [0, 0, 1] },
      { offset: [0, 0, 0], axis: [0, -1, 0] },
      { offset: [0.088, 0, 0], axis: [0, 0, -1] },
    ],
    [0, 0, -0.2],
  );

/** Home position: tool in front of the base, elbow up, far from limits and singularities (rad). */
export const HOME_JOINTS_RAD = Float64Array.of(0, -0.4, 0, -2.1, 0, 1.7, 0.4);
