/**
 * How far along a path at what time: from a first speed to a top speed, on at that, and down to rest at the end, each change
 * at a fixed rate (a trapezoid of speed, a triangle where the path is short). Lengths in the unit of the path's parameter.
 *
 * @example
 * const profile = new SpeedProfile(0.3, 0, 0.1, 0.5); // 0.3 m from rest, at up to 0.1 m/s and 0.5 m/s^2
 * profile.at(profile.duration / 2); // 0.15
 */
export class SpeedProfile {
  /** s, to rest. */
  readonly duration: number;
  readonly #length: number;
  readonly #first: number;
  readonly #peak: number;
  readonly #rate: number;
  /** When the peak is reached and when it is left (s). */
  readonly #reached: number;
  readonly #left: number;

  /**
   * @param first unit/s, >= 0. @param top unit/s, > 0; a higher first speed is brought down to it.
   * @param length at least what braking from `first` takes, first^2 / (2 rate)
   * @param rate of every change of speed (unit/s^2), > 0
   */
  constructor(length: number, first: number, top: number, rate: number) {
    this.#length = length;
    this.#first = first;
    this.#rate = rate;
    this.#peak = Math.min(top, Math.sqrt(rate * length + (first * first) / 2));
    this.#reached = Math.abs(this.#peak - first) / rate;
    const braking = this.#peak / rate;
    const cruise = length - ((first + this.#peak) / 2) * this.#reached - (this.#peak / 2) * braking;
    this.#left = this.#reached + (this.#peak > 0 ? Math.max(cruise, 0) / this.#peak : 0);
    this.duration = this.#left + braking;
  }

  /** Unit/s at a time (s); before 0 the first speed, at the end and after it 0. */
  speed(time: number): number {
    if (time >= this.duration) return 0;
    if (time >= this.#left) return (this.duration - time) * this.#rate;
    if (time >= this.#reached) return this.#peak;
    return this.#first + Math.sign(this.#peak - this.#first) * this.#rate * Math.max(time, 0);
  }

  /** Unit/s^2: the rate, with its sign, while the speed changes; 0 otherwise. */
  acceleration(time: number): number {
    if (time >= this.duration) return 0;
    if (time >= this.#left) return -this.#rate;
    if (time >= this.#reached) return 0;
    return Math.sign(this.#peak - this.#first) * this.#rate;
  }

  /** How far along the path, 0 to its length. */
  at(time: number): number {
    if (time <= 0) return 0;
    if (time >= this.duration) return this.#length;
    if (time >= this.#left) return this.#length - (this.speed(time) * (this.duration - time)) / 2;
    if (time <= this.#reached) return ((this.#first + this.speed(time)) / 2) * time;
    return ((this.#first + this.#peak) / 2) * this.#reached + this.#peak * (time - this.#reached);
  }
}
