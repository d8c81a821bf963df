import type { World } from '../mujoco/world.ts';
import { ARM_JOINTS, TOOL_LINK } from '../robot/arm.ts';

/** The arm stands still when no joint is faster than this (rad/s). */
export const STANDSTILL_RAD_S = 0.02;

/** Measures the true motion of the arm, from the physics state and its clock. */
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

  /** Restarts the measurement of distance and time. */
  start(): void {
    this.#startTime = this.#world.time;
    this.#lastMotionTime = this.#world.time;
    this.#travel = 0;
    this.#storeToolPosition();
  }

  /** Travel of the tool since {@link start} (m). */
  get distance(): number {
    return this.#travel;
  }

  /** Time from {@link start} to the last motion of the arm (s). */
  get timeToStop(): number {
    return this.#startTime === undefined ? 0 : this.#lastMotionTime - this.#startTime;
  }

  /** True while no joint is faster than 0.02 rad/s. */
  get standing(): boolean {
    const velocity = this.#world.view('qvel');
    return this.#velocities.every((at) => Math.abs(velocity[at]) < STANDSTILL_RAD_S);
  }

  /** Takes one measurement. Call it after each physics step. */
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
