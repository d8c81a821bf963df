import { exp, log } from '@praxis/core';
import type { World } from '../mujoco/world.ts';

/** Viscous damping of a closed brake (Nms/rad). Under the largest torque of its drive a joint creeps at less than 0.01 rad/s. */
const BRAKE_DAMPING_NMS_PER_RAD = 1e4;
/** Time in which brakes engage (s). A shorter time would jerk the arm. */
const BRAKE_ENGAGE_S = 0.05;

/** Brakes of the arm's joints. The gripper has none, so that it keeps its grip. They are open at first. */
export class Brakes {
  readonly #world: World;
  readonly #joints: readonly string[];
  /** Damping of the joints without brakes (Nms/rad); undefined while the brakes are open. */
  #freeDamping: readonly number[] | undefined;
  #closedAt = 0;

  /** @param joints joints of the arm */
  constructor(world: World, joints: readonly string[]) {
    this.#world = world;
    this.#joints = joints;
  }

  /** Starts to close the brakes. */
  close(): void {
    this.#freeDamping ??= this.#joints.map((joint) => this.#world.setDamping(joint, 0));
    this.#closedAt = this.#world.time;
    this.engage();
  }

  /** Opens the brakes at once. */
  open(): void {
    this.#freeDamping?.forEach((damping, i) => void this.#world.setDamping(this.#joints[i], damping));
    this.#freeDamping = undefined;
  }

  /** Increases the damping by a constant factor until the brakes are closed. Call it once a control period. */
  engage(): void {
    if (!this.#freeDamping) return;
    const share = Math.min((this.#world.time - this.#closedAt) / BRAKE_ENGAGE_S, 1);
    this.#freeDamping.forEach((free, i) => {
      const least = Math.max(free, 1);
      this.#world.setDamping(this.#joints[i], least * exp(share * log(BRAKE_DAMPING_NMS_PER_RAD / least)));
    });
  }
}
