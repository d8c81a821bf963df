/**
 * Position along a path over time: from a first speed to a top speed, a cruise, and down to rest at the end. Each
 * change has the same rate, so the speed is a trapezoid, or a triangle on a short path. Lengths are in the unit of the
 * path parameter.
 *
 * @example
 * const profile = new SpeedProfile(0.3, 0, 0.1, 0.5); // 0.3 m from rest, at up to 0.1 m/s and 0.5 m/s^2
 * profile.at(profile.duration / 2); // 0.15
 */
export class SpeedProfile {
  /** Time from the start to rest (s). */
  readonly duration: number;
  readonly #length: number;
  readonly #initialSpeed: number;
  readonly #peakSpeed: number;
  readonly #rate: number;
  /** Times at which the top speed starts and ends (s). */
  readonly #peakStart: number;
  readonly #peakEnd: number;

  /**
   * @param length length of the path; at least the braking distance first^2 / (2 rate)
   * @param first speed at the start (unit/s), >= 0
   * @param top top speed (unit/s), > 0; a higher first speed is reduced to it
   * @param rate rate of each change of speed (unit/s^2), > 0
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

  /** Speed at a time (unit/s): the first speed before 0, and 0 from the end on. */
  speedAt(time: number): number {
    if (time >= this.duration) return 0;
    if (time >= this.#peakEnd) return (this.duration - time) * this.#rate;
    if (time >= this.#peakStart) return this.#peakSpeed;
    return this.#initialSpeed + Math.sign(this.#peakSpeed - this.#initialSpeed) * this.#rate * Math.max(time, 0);
  }

  /** Acceleration at a time (unit/s^2): the signed rate while the speed changes, otherwise 0. */
  acceleration(time: number): number {
    if (time >= this.duration) return 0;
    if (time >= this.#peakEnd) return -this.#rate;
    if (time >= this.#peakStart) return 0;
    return Math.sign(this.#peakSpeed - this.#initialSpeed) * this.#rate;
  }

  /** Position along the path at a time, 0 to the length. */
  positionAt(time: number): number {
    if (time <= 0) return 0;
    if (time >= this.duration) return this.#length;
    if (time >= this.#peakEnd) return this.#length - (this.speedAt(time) * (this.duration - time)) / 2;
    if (time <= this.#peakStart) return ((this.#initialSpeed + this.speedAt(time)) / 2) * time;
    return ((this.#initialSpeed + this.#peakSpeed) / 2) * this.#peakStart + this.#peakSpeed * (time - this.#peakStart);
  }
}
