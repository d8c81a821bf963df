import { exp, log } from '@praxis/core';
import type { World } from '../mujoco/world.ts';
import { ARM_JOINTS } from './arm.ts';

/** Nms/rad: under the largest torque of its drive a joint creeps by less than 0.01 rad/s. */
const BRAKE_DAMPING_NMS_PER_RAD = 1e4;
/** Seconds for which brakes take hold; one that bit at once would jerk the arm. */
const BRAKE_ENGAGE_S = 0.05;

/** The brakes of the arm's joints, not of the gripper: what is held is not let go. Open at first. */
export class Brakes {
  readonly #world: World;
  /** What the joints have without brakes. */
  #freeDamping: readonly number[] | undefined;
  #closedAt = 0;

  constructor(world: World) {
    this.#world = world;
  }

  close(): void {
    this.#freeDamping ??= ARM_JOINTS.map((joint) => this.#world.setDamping(joint, 0));
    this.#closedAt = this.#world.time;
    this.engage();
  }

  open(): void {
    this.#freeDamping?.forEach((damping, i) => void this.#world.setDamping(ARM_JOINTS[i], damping));
    this.#freeDamping = undefined;
  }

  /** Once a period: they take hold by equal factors. */
  engage(): void {
    if (!this.#freeDamping) return;
    const share = Math.min((this.#world.time - this.#closedAt) / BRAKE_ENGAGE_S, 1);
    this.#freeDamping.forEach((free, i) => {
      const least = Math.max(free, 1);
      this.#world.setDamping(ARM_JOINTS[i], least * exp(share * log(BRAKE_DAMPING_NMS_PER_RAD / least)));
    });
  }
}
