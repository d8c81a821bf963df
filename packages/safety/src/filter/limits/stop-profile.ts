/**
 * The quickest stop of one joint with bounded deceleration and jerk, in discrete time: position q, velocity v and
 * acceleration a obey a' = a + T j, v' = v + T a', q' = q + T v', so that they are the finite differences of what is sent.
 *
 * Everything is in the units of one period: a in T J, v in T^2 J, q in T^3 J, where the recursion has no constants left.
 * The stop is a feedback of (v, a), so what is left of a stop is the stop of what is left: a state whose stop keeps the
 * limits always has a next one that does (viability; Del Prete 2018, "Joint position and velocity bounds in discrete-time
 * acceleration/torque control of robot arms", here with bounded jerk as in Berscheid and Kroeger 2021).
 */
export class StopProfile {
  /** Acceleration that one period can change (unit/s^2). */
  readonly accelerationUnit: number;
  readonly #deceleration: number;
  readonly #rampTime: number;
  readonly #velocityUnit: number;
  readonly #positionUnit: number;
  /** Deceleration limit in units. */
  readonly #limit: number;
  /** Velocity from which the stop uses all of the deceleration. */
  readonly #full: number;

  /**
   * @param deceleration unit/s^2
   * @param jerk unit/s^3
   * @param period s
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

  /** The stop's next acceleration (unit/s^2). */
  next(velocity: number, acceleration: number): number {
    const v = velocity / this.#velocityUnit;
    const a = acceleration / this.accelerationUnit;
    const wanted = v >= 0 ? -Math.min(braking(v), this.#limit) : Math.min(braking(-v), this.#limit);
    return Math.min(Math.max(wanted, a - 1), a + 1) * this.accelerationUnit;
  }

  /** Upper bound of the time (s) that a stop from constant velocity takes. */
  time(velocity: number): number {
    return Math.abs(velocity) / this.#deceleration + this.#rampTime;
  }

  /** Most that the velocity still reaches upwards once acceleration is let go as fast as it may be. */
  peak(velocity: number, acceleration: number): number {
    if (acceleration <= 0) return velocity;
    return velocity + release(acceleration / this.accelerationUnit) * this.#velocityUnit;
  }

  /** True when letting go of the acceleration as fast as may be already takes the velocity through zero. */
  overshoots(velocity: number, acceleration: number): boolean {
    return velocity >= 0
      ? acceleration < 0 && this.peak(-velocity, -acceleration) > 0
      : acceleration > 0 && this.peak(velocity, acceleration) > 0;
  }

  /** Where the stop ends, from where it begins. */
  distance(velocity: number, acceleration: number): number {
    return velocity >= 0
      ? this.#end(velocity / this.#velocityUnit, acceleration / this.accelerationUnit) * this.#positionUnit
      : -this.#end(-velocity / this.#velocityUnit, -acceleration / this.accelerationUnit) * this.#positionUnit;
  }

  /** Farthest that the stop reaches upwards of where it begins, at least 0. */
  reach(velocity: number, acceleration: number): number {
    const v = velocity / this.#velocityUnit;
    const a = acceleration / this.accelerationUnit;
    if (v < 0) {
      // Only a stop that overshoots comes up again.
      return a > 0 && release(a) > -v ? Math.max(0, -this.#end(-v, -a)) * this.#positionUnit : 0;
    }
    if (a < 0 && release(-a) > v) {
      const i = unwinding(v, a) - 1;
      return (i * v + (a * i * (i + 1)) / 2 + (i * (i + 1) * (i + 2)) / 6) * this.#positionUnit;
    }
    return this.#end(v, a) * this.#positionUnit;
  }

  /** Where the stop ends, in units, for v >= 0. */
  #end(v: number, a: number): number {
    if (!(a < 0 && release(-a) > v)) return this.#forward(v, a);
    const i = unwinding(v, a);
    const travelled = i * v + (a * i * (i + 1)) / 2 + (i * (i + 1) * (i + 2)) / 6;
    return travelled - this.#forward(-(v + i * a + (i * (i + 1)) / 2), -(a + i));
  }

  /** The stop's way where it never turns round: deceleration grows, stays at its limit, and is let go. */
  #forward(v: number, a: number): number {
    const n = this.#limit;
    if (a < -n - 1) return this.#stepped(v, a);
    const f = fraction(-a);
    // First period whose full step would brake harder than a stop in time needs, and the one that reaches the limit.
    const root = (a * (a - 1)) / 2 - (f * (1 - f)) / 2 + v;
    const inTime = Math.max(0, Math.ceil(a - 1), Math.ceil(a - 1 + Math.sqrt(Math.max(root, 0))));
    const atLimit = Math.max(0, Math.ceil(a + n - 1));
    const i = Math.min(inTime, atLimit);
    let way = i * v + (a * i * (i + 1)) / 2 - (i * (i + 1) * (i + 2)) / 6;
    let left = v + i * a - (i * (i + 1)) / 2;
    if (left >= this.#full) {
      const k = Math.floor((left - this.#full) / n) + 1;
      way += k * left - (n * k * (k + 1)) / 2;
      left -= k * n;
    }
    return way + landing(left);
  }

  /** A state that brakes harder than this stop may: the deceleration is let go first. */
  #stepped(v: number, a: number): number {
    let way = 0;
    while (a < -this.#limit - 1) {
      a += 1;
      v += a;
      way += v;
    }
    return way + this.#forward(v, a);
  }
}

const fraction = (x: number): number => x - Math.floor(x);

/** Velocity used up while an acceleration of x >= 0 is let go, one unit a period: (x - 1) + (x - 2) + ... */
function release(x: number): number {
  const m = Math.floor(x);
  return m * x - (m * (m + 1)) / 2;
}

/** The hardest braking x >= 0 that can still be let go before a velocity v >= 0 is used up: x + release(x) = v. */
function braking(v: number): number {
  const m = Math.floor((Math.sqrt(8 * v + 1) - 1) / 2);
  return m + (v - (m * (m + 1)) / 2) / (m + 1);
}

/** Way of the last part of the stop, from velocity v >= 0 with braking(v) within the limit. */
function landing(v: number): number {
  if (!(v > 0)) return 0;
  const m = Math.floor((Math.sqrt(8 * v + 1) - 1) / 2);
  const f = (v - (m * (m + 1)) / 2) / (m + 1);
  return (f * m * (m + 1)) / 2 + ((m + 1) * m * (m - 1)) / 6;
}

/** Periods until the velocity v >= 0 has gone below 0 while braking a < 0 is let go, for release(-a) > v. */
function unwinding(v: number, a: number): number {
  const b = a + 0.5;
  let i = Math.max(0, Math.floor(-b - Math.sqrt(Math.max(b * b - 2 * v, 0))) - 1);
  while (v + i * a + (i * (i + 1)) / 2 >= 0 && i < -a) i++;
  return i;
}
