import { checkMotion, type MotionProfile, type ProfileLimits } from './profile.ts';

// Peaks of the velocity and acceleration of 10 s^3 - 15 s^4 + 6 s^5 on [0, 1].
const PEAK_VELOCITY = 15 / 8;
const PEAK_ACCELERATION = 10 / Math.sqrt(3);

/**
 * The fastest motion of least squared jerk from rest to rest within limits of velocity and acceleration: the quintic of
 * Flash and Hogan (1985), as people move their hands. Velocity and acceleration are continuous.
 * @param distance in m or rad, of either sign.
 * @throws {InputError} for limits that are not above 0 or a distance that is not finite.
 */
export function minimumJerk(distance: number, limits: ProfileLimits): MotionProfile {
  checkMotion(distance, limits);
  const length = Math.abs(distance);
  const duration = Math.max(
    (PEAK_VELOCITY * length) / limits.velocity,
    Math.sqrt((PEAK_ACCELERATION * length) / limits.acceleration),
  );
  const within = (time: number) => time > 0 && time < duration;
  return {
    distance,
    duration,
    position(time) {
      if (!within(time)) return time <= 0 ? 0 : distance;
      const s = time / duration;
      return distance * s * s * s * (10 + s * (6 * s - 15));
    },
    velocity(time) {
      if (!within(time)) return 0;
      const s = time / duration;
      return (distance * 30 * s * s * (1 - s) * (1 - s)) / duration;
    },
    acceleration(time) {
      if (!within(time)) return 0;
      const s = time / duration;
      return (distance * 60 * s * (1 - s) * (1 - 2 * s)) / (duration * duration);
    },
  };
}
