import type { World } from '../mujoco/world.ts';
import { ARM_JOINTS } from './arm.ts';

/** Nms/rad: under the largest torque of its drive a joint creeps by less than 0.01 rad/s. */
const CLOSED = 1e4;

/** The brakes of the arm's joints, not of the gripper: what is held is not let go. Open at first. */
export class Brakes {
  readonly #world: World;
  #open: readonly number[] | undefined;

  constructor(world: World) {
    this.#world = world;
  }

  close(): void {
    this.#open ??= ARM_JOINTS.map((joint) => this.#world.setDamping(joint, CLOSED));
  }

  open(): void {
    this.#open?.forEach((damping, i) => void this.#world.setDamping(ARM_JOINTS[i], damping));
    this.#open = undefined;
  }
}
