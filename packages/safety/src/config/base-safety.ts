/** Limits of a supervised base. */
export interface BaseSafety {
  /** Largest speed in the plane (m/s) and deceleration of a stop (m/s^2). */
  readonly linearVelocity: number;
  readonly linearDeceleration: number;
  /** Largest turning speed (rad/s) and deceleration of a stop (rad/s^2). */
  readonly angularVelocity: number;
  readonly angularDeceleration: number;
  /** Largest change of the velocity in the plane (m/s^2). Default: no limit but the drives'. */
  readonly linearAcceleration?: number;
  /** Largest change of the turning speed (rad/s^2). Default: no limit but the drives'. */
  readonly angularAcceleration?: number;
  /** Age from which a command no longer counts (s): the base then stops. */
  readonly maximumAge: number;
}
