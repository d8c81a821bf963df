import type { World } from '../mujoco/world.ts';
import type { Gripper } from './gripper.ts';

/** The gripper of an arm in physics. */
export class SimGripper {
  readonly #gripper: Gripper;
  readonly #world: World;
  readonly #joints: readonly { qpos: number; qvel: number }[];
  readonly #actuators: readonly number[];
  readonly #position: Float64Array;
  readonly #velocity: Float64Array;
  readonly #commanded: Float64Array;

  constructor(gripper: Gripper, world: World) {
    this.#gripper = gripper;
    this.#world = world;
    this.#joints = gripper.joints.map((name) => world.joint(name));
    this.#actuators = gripper.joints.map((name) => world.actuator(name));
    this.#position = new Float64Array(this.#joints.length);
    this.#velocity = new Float64Array(this.#joints.length);
    this.#commanded = new Float64Array(this.#joints.length);
  }

  /** Sets the targets of the joints. @param width distance between the fingers (m) */
  command(width: number): void {
    this.#gripper.positionsAt(width, this.#commanded);
    const ctrl = this.#world.view('ctrl');
    for (let i = 0; i < this.#actuators.length; i++) ctrl[this.#actuators[i]] = this.#commanded[i];
  }

  /** Returns the true distance between the fingers (m), its rate (m/s), and the commanded distance (m). */
  measure(): { width: number; speed: number; commanded: number } {
    const [qpos, qvel, ctrl] = [this.#world.view('qpos'), this.#world.view('qvel'), this.#world.view('ctrl')];
    for (let i = 0; i < this.#joints.length; i++) {
      this.#position[i] = qpos[this.#joints[i].qpos];
      this.#velocity[i] = qvel[this.#joints[i].qvel];
      this.#commanded[i] = ctrl[this.#actuators[i]];
    }
    return {
      width: this.#gripper.widthOf(this.#position),
      speed: this.#gripper.speedOf(this.#position, this.#velocity),
      commanded: this.#gripper.widthOf(this.#commanded),
    };
  }
}
