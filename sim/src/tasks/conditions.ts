import { Random } from '@praxis/core';
import { ARM_JOINTS, FINGER_JOINTS } from '../robot/arm.ts';
import type { CameraSetup } from '../robot/camera-sensor.ts';
import type { JointsSetup } from '../robot/joint-sensor.ts';
import type { RobotConditions } from '../robot/sim-robot.ts';

/** Random properties of one episode besides the task's objects. */
export interface Conditions extends RobotConditions {
  /** Simulated duration of one inference (s). */
  readonly inferenceDelay: number;
  /** Linear colour and opacity of the table, each 0..1. */
  readonly table: readonly [number, number, number, number];
  /** Position of the tool at the start (m, base_link). */
  readonly start: readonly [number, number, number];
}

/** One degree (rad). */
const DEGREE_RAD = 0.017453292519943295;

function camera(random: Random, name: string, fovY: number): CameraSetup {
  const spread = (limit: number) => random.uniform(-limit, limit);
  return {
    name,
    frame: `camera_${name}_optical_frame`,
    fovY,
    offset: [spread(0.01), spread(0.01), spread(0.01)],
    tilt: [spread(DEGREE_RAD), spread(DEGREE_RAD), spread(DEGREE_RAD)],
    exposure: random.uniform(0.8, 1.25),
    delay: random.uniform(0.02, 0.05),
  };
}

function joints(seed: number): JointsSetup {
  const random = new Random(seed, 'joints');
  return {
    noise: [5e-5, 5e-5],
    bias: [
      ...ARM_JOINTS.map(() => random.uniform(-2e-4, 2e-4)),
      ...FINGER_JOINTS.map(() => random.uniform(-5e-5, 5e-5)),
    ],
    delay: random.uniform(0, 0.004),
  };
}

/** Draws lighting, cameras, sensor errors, delays and start position from the seed. They do not depend on the task. */
export function drawConditions(seed: number): Conditions {
  const random = new Random(seed, 'conditions');
  const x = random.uniform(-0.6, 0.6);
  const y = random.uniform(-0.6, 0.6);
  const length = Math.sqrt(x * x + y * y + 1);
  const grey = random.uniform(0.35, 0.6);
  const six = (force: number, torque: number) =>
    [force, force, force, torque, torque, torque].map((limit) => random.uniform(-limit, limit));
  return {
    lighting: {
      direction: [x / length, y / length, -1 / length],
      intensity: random.uniform(0.5, 0.9),
      ambient: random.uniform(0.3, 0.5),
    },
    cameras: [camera(random, 'front', 46 * DEGREE_RAD), camera(random, 'wrist', 70 * DEGREE_RAD)],
    wrench: {
      noise: [0.15, 0.005],
      bias: six(2, 0.05),
      drift: six(0.01, 0.0005),
      saturation: [100, 10],
      delay: random.uniform(0, 0.02),
    },
    joints: joints(seed),
    actionDelay: random.uniform(0, 0.04),
    inferenceDelay: 0.03,
    table: [grey * random.uniform(0.95, 1.1), grey, grey * random.uniform(0.85, 1), 1],
    start: [random.uniform(0.38, 0.48), random.uniform(-0.08, 0.08), random.uniform(0.24, 0.3)],
  };
}
