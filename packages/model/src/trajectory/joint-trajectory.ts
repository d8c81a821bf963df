import { InputError } from '@praxis/core';
import { minimumJerk } from './minimum-jerk.ts';
import type { MotionProfile } from './profile.ts';
import { trapezoidal } from './trapezoidal.ts';

/** Largest magnitudes on the way, in the order of the waypoints' joints; each above 0, infinite where there is no such limit. */
export interface JointMotionLimits {
  /** rad/s or m/s, one for each joint. */
  readonly velocity: ArrayLike<number>;
  /** rad/s^2 or m/s^2, one for each joint. */
  readonly acceleration: ArrayLike<number>;
}

const PROFILES = { trapezoidal, 'minimum-jerk': minimumJerk } as const;
/** How the way between two waypoints is timed. */
export type TimeScaling = keyof typeof PROFILES;

// Largest limit of the part of the way gone: a joint's limit over the shortest ways there are would overflow.
const MAX_PATH_RATE = 1e200;

interface Segment {
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly start: number;
  /** Kept, not computed again: rounding would leave the last leg short of its end. */
  readonly end: number;
  /** Of the way gone, 0..1. */
  readonly profile: MotionProfile;
}

/**
 * Through joint waypoints, straight in joint space from each to the next, at rest at each: all joints leave and arrive
 * together, as fast as the slowest of them may within its limits.
 * @throws {InputError} for fewer than one waypoint, wrong counts of joints, values that are not finite, or limits not above 0.
 */
export class JointTrajectory {
  /** s. */
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
    const legs: Segment[] = [];
    let start = 0;
    for (let k = 0; k + 1 < points.length || legs.length === 0; k++) {
      const [from, to] = [points[k], points[k + 1] ?? points[k]];
      const distance = from.every((value, i) => value === to[i]) ? 0 : 1;
      const profile = PROFILES[scaling](distance, pathLimits(from, to, limits));
      const end = start + profile.duration;
      legs.push({ from, to, start, end, profile });
      start = end;
    }
    this.#segments = legs;
    this.duration = start;
  }

  /**
   * Joints at a time (s); before 0 and after the end, those of the ends. Allocates nothing.
   * @param position receives rad or m. @param velocity receives rad/s or m/s.
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

/** Limits of the part of the way gone (1/s, 1/s^2): those of the joint that they bind most. */
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
