import { cos, sin } from '@praxis/core';
import type { BaseSetup } from './base-setup.ts';

/** Frame in which odometry has its poses: that of the base at the start (REP-105). */
export const ODOMETRY_FRAME = 'odom';

/** Elements of an odometry sample, as in `nav_msgs/Odometry`: pose of the base in `odom`, then its twist in its own axes. */
export const ODOMETRY_NAMES = ['x', 'y', 'z', 'qx', 'qy', 'qz', 'qw', 'vx', 'vy', 'vz', 'wx', 'wy', 'wz'] as const;
/** Units of {@link ODOMETRY_NAMES}. */
export const ODOMETRY_UNITS: readonly string[] = [
  ...['m', 'm', 'm', '1', '1', '1', '1'],
  ...['m/s', 'm/s', 'm/s', 'rad/s', 'rad/s', 'rad/s'],
];

/** Below this turn (rad) an arc is a straight line to within rounding. */
const STRAIGHT_RAD = 1e-9;

/**
 * Dead reckoning of a differential drive from the positions of its wheels: each step is an arc of a circle. Slip and noise of the
 * encoders add up, as on a robot.
 */
export class Odometry {
  readonly #base: Pick<BaseSetup, 'wheelRadius' | 'track' | 'left' | 'right'>;
  /** x, y (m) and heading (rad) in `odom`. */
  readonly #pose = new Float64Array(3);
  /** Last mean position of the left and right wheels (rad); NaN before the first sample. */
  readonly #wheels = new Float64Array(2).fill(Number.NaN);

  constructor(base: Pick<BaseSetup, 'wheelRadius' | 'track' | 'left' | 'right'>) {
    this.#base = base;
  }

  /**
   * Advances by one reading of the wheels and returns it as a new sample with the elements {@link ODOMETRY_NAMES}.
   * @param position positions of the wheels (rad), those of the left side first
   * @param velocity velocities of the wheels (rad/s), in the same order
   * @param at index of the first wheel
   */
  advance(position: ArrayLike<number>, velocity: ArrayLike<number>, at = 0): Float64Array {
    const { wheelRadius, track, left, right } = this.#base;
    const middle = at + left.length;
    const end = middle + right.length;
    const [turnedLeft, turnedRight] = [mean(position, at, middle), mean(position, middle, end)];
    const [speedLeft, speedRight] = [mean(velocity, at, middle), mean(velocity, middle, end)];
    const isFirst = Number.isNaN(this.#wheels[0]);
    const wayLeft = isFirst ? 0 : (turnedLeft - this.#wheels[0]) * wheelRadius;
    const wayRight = isFirst ? 0 : (turnedRight - this.#wheels[1]) * wheelRadius;
    this.#wheels[0] = turnedLeft;
    this.#wheels[1] = turnedRight;
    const turn = (wayRight - wayLeft) / track;
    const half = turn / 2;
    const chord = ((wayLeft + wayRight) / 2) * (Math.abs(half) > STRAIGHT_RAD ? sin(half) / half : 1);
    const heading = this.#pose[2] + half;
    this.#pose[0] += chord * cos(heading);
    this.#pose[1] += chord * sin(heading);
    this.#pose[2] += turn;
    const [x, y, yaw] = this.#pose;
    const speed = ((speedLeft + speedRight) / 2) * wheelRadius;
    const turning = ((speedRight - speedLeft) * wheelRadius) / track;
    return Float64Array.of(x, y, 0, 0, 0, sin(yaw / 2), cos(yaw / 2), speed, 0, 0, 0, 0, turning);
  }
}

function mean(values: ArrayLike<number>, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i];
  return sum / (to - from);
}
