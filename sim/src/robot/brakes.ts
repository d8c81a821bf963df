import { exp, log } from '@praxis/core';
import type { World } from '../mujoco/world.ts';
import { ARM_JOINTS } from './arm.ts';

/** Viscous damping of a closed brake (Nms/rad). Under the largest torque of its drive a joint creeps at less than 0.01 rad/s. */
const BRAKE_DAMPING_NMS_PER_RAD = 1e4;
/** Time in which brakes engage (s). A shorter time would jerk the arm. */
const BRAKE_ENGAGE_S = 0.05;

/** Brakes of the arm's joints. The gripper has none, so that it keeps its grip. They are open at first. */
export class Brakes {
  readonly #world: World;
  /** Damping of the joints without brakes (Nms/rad); undefined while the brakes are open. */
  #freeDamping: readonly number[] | undefined;
  #closedAt = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** Starts to close the brakes. */
  close(): void {
    this.#freeDamping ??= ARM_JOINTS.map((joint) => this.#world.setDamping(joint, 0));
    this.#closedAt = this.#world.time;
    this.engage();
  }

  /** Opens the brakes at once. */
  open(): void {
    this.#freeDamping?.forEach((damping, i) => void this.#world.setDamping(ARM_JOINTS[i], damping));
    this.#freeDamping = undefined;
  }

  /** Increases the damping by a constant factor until the brakes are closed. Call it once a control period. */
  engage(): void {
    if (!this.#freeDamping) return;
    const share = Math.min((this.#world.time - this.#closedAt) / BRAKE_ENGAGE_S, 1);
    this.#freeDamping.forEach((free, i) => {
      const least = Math.max(free, 1);
      this.#world.setDamping(ARM_JOINTS[i], least * exp(share * log(BRAKE_DAMPING_NMS_PER_RAD / least)));
    });
  }
}
