import type { World } from '../mujoco/world.ts';
import { ARM_JOINTS, TOOL_LINK } from '../robot/arm.ts';

/** The arm stands when no joint is faster than this (rad/s). */
export const STANDSTILL_RAD_S = 0.02;

/** What the arm really does, from physics: no sensor, no clock that can fail. */
export class MotionGroundTruth {
  readonly #world: World;
  readonly #velocities: readonly number[];
  readonly #tool: number;
  readonly #lastToolPosition = new Float64Array(3);
  #startTime: number | undefined;
  #travel = 0;
  #lastMotionTime = 0;

  constructor(world: World) {
    this.#world = world;
    this.#velocities = ARM_JOINTS.map((name) => world.joint(name).qvel);
    this.#tool = 3 * world.body(TOOL_LINK);
  }

  /** From now on distance and time count. */
  start(): void {
    this.#startTime = this.#world.time;
    this.#lastMotionTime = this.#world.time;
    this.#travel = 0;
    this.#storeToolPosition();
  }

  /** Length of the tool's way since the beginning (m). */
  get distance(): number {
    return this.#travel;
  }

  /** From the beginning to the last moment at which the arm moved (s). */
  get timeToStop(): number {
    return this.#startTime === undefined ? 0 : this.#lastMotionTime - this.#startTime;
  }

  get standing(): boolean {
    const velocity = this.#world.view('qvel');
    return this.#velocities.every((at) => Math.abs(velocity[at]) < STANDSTILL_RAD_S);
  }

  /** After each physics step. */
  measure(): void {
    if (this.#startTime === undefined || this.standing) return;
    this.#lastMotionTime = this.#world.time;
    const x = this.#world.view('xpos');
    let square = 0;
    for (let i = 0; i < 3; i++) square += (x[this.#tool + i] - this.#lastToolPosition[i]) ** 2;
    this.#travel += Math.sqrt(square);
    this.#storeToolPosition();
  }

  #storeToolPosition(): void {
    const x = this.#world.view('xpos');
    for (let i = 0; i < 3; i++) this.#lastToolPosition[i] = x[this.#tool + i];
  }
}
