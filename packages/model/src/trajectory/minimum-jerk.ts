import { checkMotion, type MotionProfile, type ProfileLimits } from './profile.ts';

// Ratios of the peak velocity and acceleration to the means: the peaks of 10 s^3 - 15 s^4 + 6 s^5 on [0, 1].
const PEAK_VELOCITY_RATIO = 15 / 8;
const PEAK_ACCELERATION_RATIO = 10 / Math.sqrt(3);

/**
 * The fastest minimum-jerk motion from rest to rest within velocity and acceleration limits: the quintic of Flash and
 * Hogan (1985), a model of human hand movements. Velocity and acceleration are continuous.
 * @param distance signed distance (m or rad)
 * @throws {InputError} when a limit is not more than 0 or the distance is not finite.
 */
export function minimumJerk(distance: number, limits: ProfileLimits): MotionProfile {
  checkMotion(distance, limits);
  const length = Math.abs(distance);
  const duration = Math.max(
    (PEAK_VELOCITY_RATIO * length) / limits.velocity,
    Math.sqrt((PEAK_ACCELERATION_RATIO * length) / limits.acceleration),
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
