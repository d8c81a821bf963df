import { bodyName } from '../mjcf/robot-bodies.ts';
import type { World } from '../mujoco/world.ts';
import type { RobotSetup } from '../robot/setup.ts';

/** The robot stands still when no joint of its arms and no wheel is faster than this (rad/s). */
export const STANDSTILL_RAD_S = 0.02;

/** Measures the true motion of a robot, from the physics state and its clock. The distance is that of the first arm's tool, or of the base. */
export class MotionGroundTruth {
  readonly #world: World;
  readonly #velocities: readonly number[];
  readonly #tool: number;
  readonly #lastToolPosition = new Float64Array(3);
  #startTime: number | undefined;
  #travel = 0;
  #lastMotionTime = 0;

  constructor(world: World, { joints, bases, toolLink }: Pick<RobotSetup, 'joints' | 'bases' | 'toolLink'>) {
    this.#world = world;
    const wheels = bases.flatMap(({ left, right }) => [...left, ...right]);
    this.#velocities = [...joints, ...wheels].map((name) => world.joint(name).qvel);
    this.#tool = 3 * world.body(bodyName(toolLink));
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
