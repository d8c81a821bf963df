import type { World } from '../mujoco/world.ts';
import { ARM_JOINTS, TOOL_LINK } from '../robot/arm.ts';

/** The arm stands when no joint is faster than this (rad/s). */
export const STANDSTILL_RAD_S = 0.02;

/** What the arm really does, from physics: no sensor, no clock that can fail. */
export class MotionTruth {
  readonly #world: World;
  readonly #velocities: readonly number[];
  readonly #tool: number;
  readonly #last = new Float64Array(3);
  #since: number | undefined;
  #moved = 0;
  #lastMotion = 0;

  constructor(world: World) {
    this.#world = world;
    this.#velocities = ARM_JOINTS.map((name) => world.joint(name).qvel);
    this.#tool = 3 * world.body(TOOL_LINK);
  }

  /** From now on distance and time count. */
  begin(): void {
    this.#since = this.#world.time;
    this.#lastMotion = this.#world.time;
    this.#moved = 0;
    this.#remember();
  }

  /** Length of the tool's way since the beginning (m). */
  get distance(): number {
    return this.#moved;
  }

  /** From the beginning to the last moment at which the arm moved (s). */
  get timeToStop(): number {
    return this.#since === undefined ? 0 : this.#lastMotion - this.#since;
  }

  get standing(): boolean {
    const velocity = this.#world.view('qvel');
    return this.#velocities.every((at) => Math.abs(velocity[at]) < STANDSTILL_RAD_S);
  }

  /** After each physics step. */
  update(): void {
    if (this.#since === undefined || this.standing) return;
    this.#lastMotion = this.#world.time;
    const x = this.#world.view('xpos');
    let square = 0;
    for (let i = 0; i < 3; i++) square += (x[this.#tool + i] - this.#last[i]) ** 2;
    this.#moved += Math.sqrt(square);
    this.#remember();
  }

  #remember(): void {
    const x = this.#world.view('xpos');
    for (let i = 0; i < 3; i++) this.#last[i] = x[this.#tool + i];
  }
}
