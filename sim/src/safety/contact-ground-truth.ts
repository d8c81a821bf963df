import { quaternion, type ToolLoad } from '@praxis/core';
import type { World } from '../mujoco/world.ts';
import { SENSOR_LINK } from '../robot/arm.ts';

/** Gravity (m/s^2, world frame). */
const GRAVITY_M_S2 = [0, 0, -9.81] as const;

/**
 * Measures the true contact force on hand and fingers (N): the force at the wrist minus their weight, from the physics state.
 * The inertial force of the hand is included, which is a few N in free motion.
 */
export class ContactGroundTruth {
  readonly #world: World;
  readonly #load: ToolLoad;
  readonly #force: number;
  readonly #body: number;
  readonly #orientation = new Float64Array(4);
  readonly #weight = new Float64Array(3);
  #peakForce = 0;

  constructor(world: World, load: ToolLoad) {
    this.#world = world;
    this.#load = load;
    this.#force = world.sensor('force');
    this.#body = 4 * world.body(SENSOR_LINK);
  }

  /** Largest force since {@link start} (N). */
  get peakForce(): number {
    return this.#peakForce;
  }

  /** Restarts the measurement. */
  start(): void {
    this.#peakForce = 0;
  }

  /** Takes one measurement. Call it after each physics step. */
  measure(): void {
    const q = this.#world.view('xquat');
    const orientation = this.#orientation;
    for (let i = 0; i < 3; i++) orientation[i] = q[this.#body + 1 + i];
    orientation[3] = q[this.#body];
    quaternion.rotateInverse(orientation, GRAVITY_M_S2, this.#weight);
    const readings = this.#world.view('sensordata');
    let square = 0;
    // The sensor reads the force of the hand on the arm, hence the sign.
    for (let i = 0; i < 3; i++) square += (-readings[this.#force + i] - this.#load.toolMass * this.#weight[i]) ** 2;
    this.#peakForce = Math.max(this.#peakForce, Math.sqrt(square));
  }
}
