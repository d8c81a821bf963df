import type { FilterConfig } from './filter-config.ts';

/**
 * What the Praxis arm is guarded with by default. Accelerations and jerks were measured: over 66 episodes of `pick` and
 * `sort` the shipped controller asked for up to 0.98 rad/s, 32 rad/s^2 and 26,200 rad/s^3, by finite differences at 500 Hz;
 * these are about 1.4 and 1.5 times as much, so that normal commands pass with their very bits.
 */
export const DEFAULT_FILTER: FilterConfig = {
  limits: { acceleration: 45, jerk: 40_000 },
  age: { maximum: 0.05, future: 0.005 },
  jump: { position: 0.1 },
  joints: { clamp: 'along_path' },
  gripper: { minimum: 0, maximum: 0.082, speed: 0.2 },
  cartesian: { speed: 1 },
  stop: {
    hold: { deceleration: 0.4, jerk: 0.5 },
    protective: { deceleration: 0.7, jerk: 1 },
    emergency: { deceleration: 1, jerk: 1 },
  },
};
