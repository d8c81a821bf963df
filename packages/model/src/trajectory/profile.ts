import { InputError } from '@praxis/core';

/**
 * A motion along a line from 0 at time 0 to `distance` at time `duration`, at rest at both ends. Times outside give the
 * values of the nearer end. Units are the caller's: m or rad, and s.
 */
export interface MotionProfile {
  /** Signed distance (m or rad). */
  readonly distance: number;
  /** Duration (s). */
  readonly duration: number;
  /** Position (m or rad) at a time (s). */
  position(time: number): number;
  /** Velocity (unit/s) at a time (s); 0 outside the motion. */
  velocity(time: number): number;
  /** Acceleration (unit/s^2) at a time (s); 0 outside the motion. */
  acceleration(time: number): number;
}

/** Velocity and acceleration limits (unit/s, unit/s^2), both more than 0, infinite for no limit. */
export interface ProfileLimits {
  readonly velocity: number;
  readonly acceleration: number;
}

/** @throws {InputError} when a limit is not more than 0, both are infinite, or the distance is not finite. */
export function checkMotion(distance: number, limits: ProfileLimits): void {
  if (!Number.isFinite(distance)) throw new InputError(`distance ${distance}: expected a finite number`);
  for (const [name, value] of Object.entries(limits)) {
    if (!(value > 0)) throw new InputError(`${name} limit ${value}: expected more than 0`);
  }
  if (distance !== 0 && limits.velocity === Infinity && limits.acceleration === Infinity) {
    throw new InputError('velocity and acceleration limit: expected at least one to be finite');
  }
}
