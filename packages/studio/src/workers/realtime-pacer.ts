import type { Speed } from '../protocol/protocol.ts';

/** Simulated seconds that may be made up for at once; what is beyond is let go, so that a pause is no fast-forward. */
const MAX_LAG_S = 0.1;
/** Wall seconds between two readings of the rate. */
const RATE_WINDOW_S = 0.5;

/** How far simulated time may go, given wall time. All times in seconds. */
export class RealtimePacer {
  #speed: Speed = 1;
  #wallStart = 0;
  #simulatedStart = 0;
  #rateWall = 0;
  #rateSimulated = 0;
  /** Simulated seconds a second of wall time, lately. */
  rate = 0;

  /** Begins to count: now is `wall` and the simulation stands at `simulated`. */
  start(wall: number, simulated: number): void {
    this.#anchor(wall, simulated);
    this.#rateWall = wall;
    this.#rateSimulated = simulated;
    this.rate = 0;
  }

  setSpeed(speed: Speed, wall: number, simulated: number): void {
    this.#speed = speed;
    this.#anchor(wall, simulated);
  }

  /** Simulated time that may be reached now. */
  targetTime(wall: number, simulated: number): number {
    this.#measureRate(wall, simulated);
    if (this.#speed === 'max') return Number.POSITIVE_INFINITY;
    const target = this.#simulatedStart + (wall - this.#wallStart) * this.#speed;
    if (target - simulated <= MAX_LAG_S * Math.max(1, this.#speed)) return target;
    this.#anchor(wall, simulated);
    return simulated;
  }

  #anchor(wall: number, simulated: number): void {
    this.#wallStart = wall;
    this.#simulatedStart = simulated;
  }

  #measureRate(wall: number, simulated: number): void {
    if (wall - this.#rateWall < RATE_WINDOW_S) return;
    this.rate = (simulated - this.#rateSimulated) / (wall - this.#rateWall);
    this.#rateWall = wall;
    this.#rateSimulated = simulated;
  }
}
