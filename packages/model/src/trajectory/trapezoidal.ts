import { SpeedProfile } from '@praxis/core';
import { checkMotion, type MotionProfile, type ProfileLimits } from './profile.ts';

/**
 * The fastest motion within limits of velocity and acceleration: speed up, cruise, slow down; without a cruise where the
 * distance is too short for it.
 * It is a {@link SpeedProfile} from rest, for either direction.
 * @param distance in m or rad, of either sign.
 * @throws {InputError} for limits that are not above 0 or a distance that is not finite.
 */
export function trapezoidal(distance: number, limits: ProfileLimits): MotionProfile {
  checkMotion(distance, limits);
  const length = Math.abs(distance);
  const sign = distance < 0 ? -1 : 1;
  // No distance takes no time at any rate, an infinite one too.
  const profile = new SpeedProfile(length, 0, limits.velocity, length === 0 ? 1 : limits.acceleration);
  // Adding 0 keeps a negative direction from giving -0.
  return {
    distance,
    duration: profile.duration,
    position: (time) => sign * profile.positionAt(time) + 0,
    velocity: (time) => (time <= 0 ? 0 : sign * profile.speedAt(time) + 0),
    acceleration: (time) => (time <= 0 ? 0 : sign * profile.acceleration(time) + 0),
  };
}
