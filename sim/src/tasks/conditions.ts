import { Random } from '@praxis/core';
import type { RenderVisual } from '../render/types.ts';
import type { CameraSetup } from '../robot/camera-sensor.ts';
import type { JointsSetup } from '../robot/joint-sensor.ts';
import type { CameraModel, RobotSetup } from '../robot/setup.ts';
import type { RobotConditions } from '../robot/sim-robot.ts';
import { type TaskArea, taskAreaOf } from './area.ts';
import type { Task } from './task.ts';

/** Random properties of one episode besides the task's objects. */
export interface Conditions extends RobotConditions {
  /** Simulated duration of one inference (s). */
  readonly inferenceDelay: number;
  /** Linear colour and opacity of the table, each 0..1. */
  readonly table: readonly [number, number, number, number];
  /** What is drawn on the table (its body's frame), which is only seen. Default: nothing. */
  readonly tablePattern?: readonly RenderVisual[];
  /** Position of the tool at the start (m, scene); undefined: the arm starts at home. */
  readonly start?: readonly [number, number, number];
  /** Positions of the arms' joints at the start (rad, m), in their order, in place of {@link start}. */
  readonly posture?: ArrayLike<number>;
}

/** What the drawn conditions depend on besides seed and robot. */
export interface ConditionOptions {
  /**
   * Standard deviation of the pictures' noise (grey levels of 255); no drawn value depends on it. Default: that of each camera's
   * definition.
   */
  readonly cameraNoise?: number;
  /** Where the tool is at the start, see {@link Task.start}. Default `area`. */
  readonly start?: Task['start'];
}

/** One degree (rad). */
export const DEGREE_RAD = 0.017453292519943295;

/** Ranges of the light that policies are trained with: slope of its direction along x and y, and intensities of lamp and ambient light. */
export const LIGHT_RANGES = { slope: [-0.6, 0.6], intensity: [0.5, 0.9], ambient: [0.3, 0.5] } as const;

function camera(random: Random, { name, frame, size, fovY, rateHz }: CameraModel, noise: number): CameraSetup {
  const spread = (limit: number) => random.uniform(-limit, limit);
  return {
    name,
    frame,
    size,
    rateHz,
    fovY,
    offset: [spread(0.01), spread(0.01), spread(0.01)],
    tilt: [spread(DEGREE_RAD), spread(DEGREE_RAD), spread(DEGREE_RAD)],
    exposure: random.uniform(0.8, 1.25),
    delay: random.uniform(0.02, 0.05),
    noise,
  };
}

function joints(seed: number, { joints: arm, arms, bases }: RobotSetup): JointsSetup {
  const random = new Random(seed, 'joints');
  return {
    noise: [5e-5, 5e-5],
    bias: [
      ...arm.map(() => random.uniform(-2e-4, 2e-4)),
      ...arms.flatMap(({ gripper }) => gripper?.streamNames ?? []).map(() => random.uniform(-5e-5, 5e-5)),
      // A wheel has no zero.
      ...bases.flatMap(({ left, right }) => [...left, ...right]).map(() => 0),
    ],
    delay: random.uniform(0, 0.004),
  };
}

/** Unit vector of a lamp that shines down, by its slopes along x and y. */
export function downwards(x: number, y: number): [number, number, number] {
  const length = Math.sqrt(x * x + y * y + 1);
  return [x / length, y / length, -1 / length];
}

/**
 * Draws lighting, cameras, sensor errors, delays and start position from the seed. They do not depend on the task.
 * @throws {InputError} when the robot reaches no task area and the start is in it
 */
export function drawConditions(
  seed: number,
  setup: RobotSetup,
  { cameraNoise, start = 'area' }: ConditionOptions = {},
): Conditions {
  const random = new Random(seed, 'conditions');
  const [x, y] = [random.uniform(...LIGHT_RANGES.slope), random.uniform(...LIGHT_RANGES.slope)];
  const grey = random.uniform(0.35, 0.6);
  const six = (force: number, torque: number) =>
    [force, force, force, torque, torque, torque].map((limit) => random.uniform(-limit, limit));
  return {
    lighting: {
      direction: downwards(x, y),
      intensity: random.uniform(...LIGHT_RANGES.intensity),
      ambient: random.uniform(...LIGHT_RANGES.ambient),
    },
    cameras: setup.cameras.map((each) => camera(random, each, cameraNoise ?? each.noise)),
    wrench: {
      noise: [0.15, 0.005],
      bias: six(2, 0.05),
      drift: six(0.01, 0.0005),
      saturation: [100, 10],
      delay: random.uniform(0, 0.02),
    },
    joints: joints(seed, setup),
    actionDelay: random.uniform(0, 0.04),
    inferenceDelay: 0.03,
    table: [grey * random.uniform(0.95, 1.1), grey, grey * random.uniform(0.85, 1), 1],
    ...(start === 'area' ? { start: drawStart(random, taskAreaOf(setup)) } : {}),
  };
}

const drawStart = (random: Random, { start: [x, y, z] }: TaskArea): [number, number, number] => [
  random.uniform(...x),
  random.uniform(...y),
  random.uniform(...z),
];
