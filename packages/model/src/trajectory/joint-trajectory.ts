import { InputError } from '@praxis/core';
import { minimumJerk } from './minimum-jerk.ts';
import type { MotionProfile } from './profile.ts';
import { trapezoidal } from './trapezoidal.ts';

/** Velocity and acceleration limits in the order of the waypoints' joints; each more than 0, infinite for no limit. */
export interface JointMotionLimits {
  /** Largest speed of each joint (rad/s, m/s). */
  readonly velocity: ArrayLike<number>;
  /** Largest acceleration of each joint (rad/s^2, m/s^2). */
  readonly acceleration: ArrayLike<number>;
}

/** Timing of the motion between two waypoints. */
export type TimeScaling = 'trapezoidal' | 'minimum-jerk';
const PROFILES = { trapezoidal, 'minimum-jerk': minimumJerk } as const satisfies Record<TimeScaling, unknown>;

// Largest rate of the path position (1/s): a joint's limit divided by a tiny distance would overflow.
const MAX_PATH_RATE = 1e200;

interface Segment {
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly start: number;
  /** Time of the end (s). It is stored, because recomputing it could round the last segment short of its end. */
  readonly end: number;
  /** Path position over time, 0..1. */
  readonly profile: MotionProfile;
}

/**
 * A motion through joint waypoints, straight in joint space and at rest at each waypoint. All joints start and stop
 * together, at the speed that the slowest joint allows.
 * @throws {InputError} when there is no waypoint, the number of joints differs, a value is not finite, or a limit is
 * not more than 0.
 */
export class JointTrajectory {
  /** Duration (s). */
  readonly duration: number;
  readonly #segments: readonly Segment[];

  constructor(waypoints: readonly ArrayLike<number>[], limits: JointMotionLimits, scaling: TimeScaling) {
    if (waypoints.length === 0) throw new InputError('waypoints: expected at least one');
    const n = waypoints[0].length;
    const points = waypoints.map((waypoint, k) => checked(`waypoint ${k}`, waypoint, n));
    if (limits.velocity.length !== n || limits.acceleration.length !== n) {
      const given = `${limits.velocity.length} and ${limits.acceleration.length}`;
      throw new InputError(`velocity and acceleration limits: ${given} numbers, expected ${n} each`);
    }
    const segments: Segment[] = [];
    let start = 0;
    for (let k = 0; k + 1 < points.length || segments.length === 0; k++) {
      const [from, to] = [points[k], points[k + 1] ?? points[k]];
      const distance = from.every((value, i) => value === to[i]) ? 0 : 1;
      const profile = PROFILES[scaling](distance, pathLimits(from, to, limits));
      const end = start + profile.duration;
      segments.push({ from, to, start, end, profile });
      start = end;
    }
    this.#segments = segments;
    this.duration = start;
  }

  /**
   * Computes the joints at a time (s). Times before 0 and after the end give the first and last waypoint. Allocates
   * nothing.
   * @param position receives the positions (rad, m)
   * @param velocity receives the velocities (rad/s, m/s)
   */
  sample(time: number, position: Float64Array, velocity?: Float64Array): void {
    let k = 0;
    while (k + 1 < this.#segments.length && time >= this.#segments[k + 1].start) k++;
    const { from, to, start, end, profile } = this.#segments[k];
    const arrived = time >= end;
    const pathPosition = profile.position(time - start);
    const rate = arrived ? 0 : profile.velocity(time - start);
    for (let i = 0; i < from.length; i++) {
      const distance = to[i] - from[i];
      position[i] = arrived ? to[i] : from[i] + distance * pathPosition;
      if (velocity) velocity[i] = distance * rate;
    }
  }
}

function checked(name: string, joints: ArrayLike<number>, n: number): Float64Array {
  const values = Float64Array.from(joints);
  if (values.length === n && values.every(Number.isFinite)) return values;
  throw new InputError(`${name} ${values.join(',')}: expected ${n} finite numbers`);
}

/** Limits of the path position (1/s, 1/s^2): those of the most restrictive joint. */
function pathLimits(from: Float64Array, to: Float64Array, limits: JointMotionLimits) {
  let [velocity, acceleration] = [MAX_PATH_RATE, MAX_PATH_RATE];
  for (let i = 0; i < from.length; i++) {
    const distance = Math.abs(to[i] - from[i]);
    if (distance === 0) continue;
    const least = Math.min(limits.velocity[i], limits.acceleration[i]);
    if (!(least > 0 && least < Infinity)) {
      const given = `velocity ${limits.velocity[i]}, acceleration ${limits.acceleration[i]}`;
      throw new InputError(`limits of joint ${i}: ${given}: expected both above 0, at least one of them finite`);
    }
    velocity = Math.min(velocity, limits.velocity[i] / distance);
    acceleration = Math.min(acceleration, limits.acceleration[i] / distance);
  }
  return { velocity, acceleration };
}
