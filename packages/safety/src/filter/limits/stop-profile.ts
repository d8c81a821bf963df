/**
 * The quickest stop of one joint with bounded deceleration and jerk, in discrete time: position q, velocity v and
 * acceleration a obey a' = a + T j, v' = v + T a', q' = q + T v', so that they are the finite differences of the
 * output.
 *
 * All quantities are in units of one period: a in T J, v in T^2 J, q in T^3 J, where the recursion has no constants.
 * The stop is a feedback of (v, a), so the rest of a stop is the stop from there: a state whose stop keeps the limits
 * always has a next one that does (viability; Del Prete 2018, "Joint position and velocity bounds in discrete-time
 * acceleration/torque control of robot arms", here with bounded jerk as in Berscheid and Kroeger 2021).
 */
export class StopProfile {
  /** Acceleration that one period can change (rad/s^2, m/s^2). */
  readonly accelerationUnit: number;
  readonly #deceleration: number;
  readonly #rampTime: number;
  readonly #velocityUnit: number;
  readonly #positionUnit: number;
  /** Deceleration limit in units. */
  readonly #limit: number;
  /** Velocity in units from which the stop uses the whole deceleration. */
  readonly #full: number;

  /**
   * @param deceleration limit (rad/s^2, m/s^2)
   * @param jerk limit (rad/s^3, m/s^3)
   * @param period time between two outputs (s)
   */
  constructor(deceleration: number, jerk: number, period: number) {
    this.#deceleration = deceleration;
    this.#rampTime = deceleration / jerk + period;
    this.accelerationUnit = jerk * period;
    this.#velocityUnit = jerk * period * period;
    this.#positionUnit = jerk * period * period * period;
    this.#limit = deceleration / this.accelerationUnit;
    this.#full = this.#limit + release(this.#limit);
  }

  /** Next acceleration of the stop (rad/s^2, m/s^2). */
  next(velocity: number, acceleration: number): number {
    const v = velocity / this.#velocityUnit;
    const a = acceleration / this.accelerationUnit;
    const wanted = v >= 0 ? -Math.min(braking(v), this.#limit) : Math.min(braking(-v), this.#limit);
    return Math.min(Math.max(wanted, a - 1), a + 1) * this.accelerationUnit;
  }

  /** Upper bound of the duration (s) of a stop from constant velocity. */
  time(velocity: number): number {
    return Math.abs(velocity) / this.#deceleration + this.#rampTime;
  }

  /** Highest velocity that is reached while the acceleration decreases as fast as the jerk limit allows. */
  peak(velocity: number, acceleration: number): number {
    if (acceleration <= 0) return velocity;
    return velocity + release(acceleration / this.accelerationUnit) * this.#velocityUnit;
  }

  /** True when reducing the acceleration as fast as the jerk limit allows carries the velocity through zero. */
  overshoots(velocity: number, acceleration: number): boolean {
    return velocity >= 0
      ? acceleration < 0 && this.peak(-velocity, -acceleration) > 0
      : acceleration > 0 && this.peak(velocity, acceleration) > 0;
  }

  /** Signed distance from the beginning to the end of the stop. */
  distance(velocity: number, acceleration: number): number {
    return velocity >= 0
      ? this.#end(velocity / this.#velocityUnit, acceleration / this.accelerationUnit) * this.#positionUnit
      : -this.#end(-velocity / this.#velocityUnit, -acceleration / this.accelerationUnit) * this.#positionUnit;
  }

  /** Longest distance that the stop reaches upwards of its beginning, at least 0. */
  reach(velocity: number, acceleration: number): number {
    const v = velocity / this.#velocityUnit;
    const a = acceleration / this.accelerationUnit;
    if (v < 0) {
      // Only a stop that overshoots returns upwards.
      return a > 0 && release(a) > -v ? Math.max(0, -this.#end(-v, -a)) * this.#positionUnit : 0;
    }
    if (a < 0 && release(-a) > v) {
      const i = unwinding(v, a) - 1;
      return (i * v + (a * i * (i + 1)) / 2 + (i * (i + 1) * (i + 2)) / 6) * this.#positionUnit;
    }
    return this.#end(v, a) * this.#positionUnit;
  }

  /** End of the stop in units, for v >= 0. */
  #end(v: number, a: number): number {
    if (!(a < 0 && release(-a) > v)) return this.#forward(v, a);
    const i = unwinding(v, a);
    const travelled = i * v + (a * i * (i + 1)) / 2 + (i * (i + 1) * (i + 2)) / 6;
    return travelled - this.#forward(-(v + i * a + (i * (i + 1)) / 2), -(a + i));
  }

  /** Distance of a stop that never reverses: the deceleration grows, stays at its limit, and decreases. */
  #forward(v: number, a: number): number {
    const n = this.#limit;
    if (a < -n - 1) return this.#stepped(v, a);
    const f = fraction(-a);
    // The first period whose full step would brake harder than a timely stop needs, and the one that reaches the limit.
    const root = (a * (a - 1)) / 2 - (f * (1 - f)) / 2 + v;
    const inTime = Math.max(0, Math.ceil(a - 1), Math.ceil(a - 1 + Math.sqrt(Math.max(root, 0))));
    const atLimit = Math.max(0, Math.ceil(a + n - 1));
    const i = Math.min(inTime, atLimit);
    let travel = i * v + (a * i * (i + 1)) / 2 - (i * (i + 1) * (i + 2)) / 6;
    let left = v + i * a - (i * (i + 1)) / 2;
    if (left >= this.#full) {
      const k = Math.floor((left - this.#full) / n) + 1;
      travel += k * left - (n * k * (k + 1)) / 2;
      left -= k * n;
    }
    return travel + landing(left);
  }

  /** Distance from a state that brakes harder than this stop may: the deceleration decreases first. */
  #stepped(v: number, a: number): number {
    let travel = 0;
    while (a < -this.#limit - 1) {
      a += 1;
      v += a;
      travel += v;
    }
    return travel + this.#forward(v, a);
  }
}

const fraction = (x: number): number => x - Math.floor(x);

/** Velocity used up while an acceleration of x >= 0 decreases by one unit a period: (x - 1) + (x - 2) + ... */
function release(x: number): number {
  const m = Math.floor(x);
  return m * x - (m * (m + 1)) / 2;
}

/** Hardest braking x >= 0 that can still decrease before a velocity v >= 0 is used up: x + release(x) = v. */
function braking(v: number): number {
  const m = Math.floor((Math.sqrt(8 * v + 1) - 1) / 2);
  return m + (v - (m * (m + 1)) / 2) / (m + 1);
}

/** Distance of the last part of the stop, from velocity v >= 0 with braking(v) within the limit. */
function landing(v: number): number {
  if (!(v > 0)) return 0;
  const m = Math.floor((Math.sqrt(8 * v + 1) - 1) / 2);
  const f = (v - (m * (m + 1)) / 2) / (m + 1);
  return (f * m * (m + 1)) / 2 + ((m + 1) * m * (m - 1)) / 6;
}

/** Periods until the velocity v >= 0 falls below 0 while a braking a < 0 decreases, for release(-a) > v. */
function unwinding(v: number, a: number): number {
  const b = a + 0.5;
  let i = Math.max(0, Math.floor(-b - Math.sqrt(Math.max(b * b - 2 * v, 0))) - 1);
  while (v + i * a + (i * (i + 1)) / 2 >= 0 && i < -a) i++;
  return i;
}
