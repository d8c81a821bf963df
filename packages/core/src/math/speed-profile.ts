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
  readonly #initialSpeed: number;
  readonly #peakSpeed: number;
  readonly #rate: number;
  /** When the peak is reached and when it is left (s). */
  readonly #peakStart: number;
  readonly #peakEnd: number;

  /**
   * @param first unit/s, >= 0. @param top unit/s, > 0; a higher first speed is brought down to it.
   * @param length at least what braking from `first` takes, first^2 / (2 rate)
   * @param rate of every change of speed (unit/s^2), > 0
   */
  constructor(length: number, first: number, top: number, rate: number) {
    this.#length = length;
    this.#initialSpeed = first;
    this.#rate = rate;
    this.#peakSpeed = Math.min(top, Math.sqrt(rate * length + (first * first) / 2));
    this.#peakStart = Math.abs(this.#peakSpeed - first) / rate;
    const braking = this.#peakSpeed / rate;
    const cruise = length - ((first + this.#peakSpeed) / 2) * this.#peakStart - (this.#peakSpeed / 2) * braking;
    this.#peakEnd = this.#peakStart + (this.#peakSpeed > 0 ? Math.max(cruise, 0) / this.#peakSpeed : 0);
    this.duration = this.#peakEnd + braking;
  }

  /** Unit/s at a time (s); before 0 the first speed, at the end and after it 0. */
  speedAt(time: number): number {
    if (time >= this.duration) return 0;
    if (time >= this.#peakEnd) return (this.duration - time) * this.#rate;
    if (time >= this.#peakStart) return this.#peakSpeed;
    return this.#initialSpeed + Math.sign(this.#peakSpeed - this.#initialSpeed) * this.#rate * Math.max(time, 0);
  }

  /** Unit/s^2: the rate, with its sign, while the speed changes; 0 otherwise. */
  acceleration(time: number): number {
    if (time >= this.duration) return 0;
    if (time >= this.#peakEnd) return -this.#rate;
    if (time >= this.#peakStart) return 0;
    return Math.sign(this.#peakSpeed - this.#initialSpeed) * this.#rate;
  }

  /** How far along the path, 0 to its length. */
  positionAt(time: number): number {
    if (time <= 0) return 0;
    if (time >= this.duration) return this.#length;
    if (time >= this.#peakEnd) return this.#length - (this.speedAt(time) * (this.duration - time)) / 2;
    if (time <= this.#peakStart) return ((this.#initialSpeed + this.speedAt(time)) / 2) * time;
    return ((this.#initialSpeed + this.#peakSpeed) / 2) * this.#peakStart + this.#peakSpeed * (time - this.#peakStart);
  }
}
