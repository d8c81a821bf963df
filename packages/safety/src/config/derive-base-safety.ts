import type { BaseSafety } from './base-safety.ts';
import { DEFAULT_WATCHDOG } from './defaults.ts';

/** Limits of a driven base's own definition. */
export interface BaseSources {
  /** Largest speed (m/s). */
  readonly maxLinear: number;
  /** Largest turning speed (rad/s). */
  readonly maxAngular: number;
  /** Largest acceleration (m/s^2). Default: the largest speed within half a second. */
  readonly linearAcceleration?: number;
  /** Largest acceleration of turning (rad/s^2). Default: the largest speed within half a second. */
  readonly angularAcceleration?: number;
}

/** A base without an own acceleration reaches its largest speed in this time, and rest from it (s). */
const SPEED_UP_TIME_S = 0.5;

/** Derives the limits of a supervised base from its definition: it brakes as hard as it may speed up. */
export function deriveBaseSafety(base: BaseSources): BaseSafety {
  const { maxLinear, maxAngular } = base;
  const { linearAcceleration = maxLinear / SPEED_UP_TIME_S, angularAcceleration = maxAngular / SPEED_UP_TIME_S } = base;
  return {
    linearVelocity: maxLinear,
    linearAcceleration,
    linearDeceleration: linearAcceleration,
    angularVelocity: maxAngular,
    angularAcceleration,
    angularDeceleration: angularAcceleration,
    maximumAge: DEFAULT_WATCHDOG.command.deadline,
  };
}
