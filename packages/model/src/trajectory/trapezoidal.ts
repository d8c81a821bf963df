import { checkMotion, type MotionLimits, type MotionProfile } from './profile.ts';

/**
 * The fastest motion within limits of velocity and acceleration: speed up, cruise, slow down; without a cruise where the
 * distance is too short for it.
 * @param distance in m or rad, of either sign.
 * @throws {InputError} for limits that are not above 0 or a distance that is not finite.
 */
export function trapezoidal(distance: number, limits: MotionLimits): MotionProfile {
  checkMotion(distance, limits);
  const length = Math.abs(distance);
  const sign = distance < 0 ? -1 : 1;
  const { acceleration } = limits;
  const speed = Math.min(limits.velocity, Math.sqrt(length * acceleration));
  // An infinite acceleration gives a step of velocity: ramp 0.
  const ramp = acceleration === Infinity ? 0 : speed / acceleration;
  const duration = length === 0 ? 0 : ramp + length / speed;
  const ramped = 0.5 * speed * ramp;
  return {
    distance,
    duration,
    position(time) {
      if (time <= 0) return 0;
      if (time >= duration) return distance;
      if (time < ramp) return sign * 0.5 * acceleration * time * time;
      if (time <= duration - ramp) return sign * (ramped + speed * (time - ramp));
      const left = duration - time;
      return distance - sign * 0.5 * acceleration * left * left;
    },
    velocity(time) {
      if (time <= 0 || time >= duration) return 0;
      if (time < ramp) return sign * acceleration * time;
      if (time <= duration - ramp) return sign * speed;
      return sign * acceleration * (duration - time);
    },
    acceleration(time) {
      if (time <= 0 || time >= duration) return 0;
      if (time < ramp) return sign * acceleration;
      return time <= duration - ramp ? 0 : -sign * acceleration;
    },
  };
}
