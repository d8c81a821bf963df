/** The time of a recording that is shown, while it plays at some speed or stands still. Wall times are given by the caller (s). */
export class PlaybackClock {
  readonly #duration: number;
  #speed = 1;
  /** The time of the recording at the wall time {@link #since} (s). */
  #time = 0;
  /** Undefined while it stands still. */
  #since: number | undefined;

  /** @param duration of the recording (s) */
  constructor(duration: number) {
    this.#duration = duration;
  }

  /** True while the time advances. */
  get playing(): boolean {
    return this.#since !== undefined;
  }

  /** Time of the recording (s), from 0 to its duration. At its end it stands still. */
  now(wall: number): number {
    if (this.#since === undefined) return this.#time;
    const time = this.#time + Math.max(0, wall - this.#since) * this.#speed;
    if (time < this.#duration) return time;
    this.#since = undefined;
    this.#time = this.#duration;
    return this.#time;
  }

  /** Plays on; from the start if it has ended. */
  play(wall: number): void {
    if (this.playing) return;
    if (this.#time >= this.#duration) this.#time = 0;
    this.#since = wall;
  }

  pause(wall: number): void {
    this.#time = this.now(wall);
    this.#since = undefined;
  }

  /** Goes to a time (s), or to the nearest end; it plays on from there if it played. */
  seek(time: number, wall: number): void {
    const playing = this.playing;
    this.#time = Math.min(this.#duration, Math.max(0, time));
    this.#since = playing && this.#time < this.#duration ? wall : undefined;
  }

  /** @param speed seconds of the recording in a second of wall time, above 0 */
  setSpeed(speed: number, wall: number): void {
    this.#time = this.now(wall);
    if (this.playing) this.#since = wall;
    this.#speed = speed;
  }
}
