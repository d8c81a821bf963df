import { SpeedProfile } from '@praxis/core';
import { checkMotion, type MotionProfile, type ProfileLimits } from './profile.ts';

/**
 * The fastest motion within velocity and acceleration limits: acceleration, cruise, deceleration; without a cruise on a
 * short distance. It is a {@link SpeedProfile} from rest, in either direction.
 * @param distance signed distance (m or rad)
 * @throws {InputError} when a limit is not more than 0 or the distance is not finite.
 */
export function trapezoidal(distance: number, limits: ProfileLimits): MotionProfile {
  checkMotion(distance, limits);
  const length = Math.abs(distance);
  const sign = distance < 0 ? -1 : 1;
  // Distance 0 takes no time at any acceleration, even an infinite one.
  const profile = new SpeedProfile(length, 0, limits.velocity, length === 0 ? 1 : limits.acceleration);
  // Adding 0 turns -0 into 0.
  return {
    distance,
    duration: profile.duration,
    position: (time) => sign * profile.positionAt(time) + 0,
    velocity: (time) => (time <= 0 ? 0 : sign * profile.speedAt(time) + 0),
    acceleration: (time) => (time <= 0 ? 0 : sign * profile.acceleration(time) + 0),
  };
}
