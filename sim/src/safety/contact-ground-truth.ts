import { quaternion, type ToolLoad } from '@praxis/core';
import { bodyName } from '../mjcf/robot-bodies.ts';
import { wristReadings } from '../mjcf/scene.ts';
import type { World } from '../mujoco/world.ts';
import type { RobotSetup } from '../robot/setup.ts';

/** Gravity (m/s^2, world frame). */
const GRAVITY_M_S2 = [0, 0, -9.81] as const;

/** Makes the measurement for a robot; undefined for one without a wrist sensor. */
export const contactTruth = (
  world: World,
  { tool, sensorLink }: Pick<RobotSetup, 'tool' | 'sensorLink'>,
): ContactGroundTruth | undefined =>
  tool && sensorLink !== undefined ? new ContactGroundTruth(world, tool, sensorLink) : undefined;

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

  /** @param sensorLink link of the wrist sensor */
  constructor(world: World, load: ToolLoad, sensorLink: string) {
    this.#world = world;
    this.#load = load;
    this.#force = world.sensor(wristReadings(sensorLink).force);
    this.#body = 4 * world.body(bodyName(sensorLink));
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
