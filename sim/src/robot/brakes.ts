import { exp, log } from '@praxis/core';
import type { World } from '../mujoco/world.ts';
import { ARM_JOINTS } from './arm.ts';

/** Nms/rad: under the largest torque of its drive a joint creeps by less than 0.01 rad/s. */
const CLOSED = 1e4;
/** Seconds for which brakes take hold; one that bit at once would jerk the arm. */
const CLOSING = 0.05;

/** The brakes of the arm's joints, not of the gripper: what is held is not let go. Open at first. */
export class Brakes {
  readonly #world: World;
  /** What the joints have without brakes. */
  #free: readonly number[] | undefined;
  #since = 0;

  constructor(world: World) {
    this.#world = world;
  }

  close(): void {
    this.#free ??= ARM_JOINTS.map((joint) => this.#world.setDamping(joint, 0));
    this.#since = this.#world.time;
    this.update();
  }

  open(): void {
    this.#free?.forEach((damping, i) => void this.#world.setDamping(ARM_JOINTS[i], damping));
    this.#free = undefined;
  }

  /** Once a period: they take hold by equal factors. */
  update(): void {
    if (!this.#free) return;
    const share = Math.min((this.#world.time - this.#since) / CLOSING, 1);
    this.#free.forEach((free, i) => {
      const least = Math.max(free, 1);
      this.#world.setDamping(ARM_JOINTS[i], least * exp(share * log(CLOSED / least)));
    });
  }
}
