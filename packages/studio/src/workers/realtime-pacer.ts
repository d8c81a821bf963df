import type { Speed } from '../protocol/protocol.ts';

/** Longest lag (simulated s) that is recovered. A longer lag is skipped, so that no fast-forward follows a delay. */
const MAX_LAG_S = 0.1;
/** Wall time (s) between two measurements of the rate. */
const RATE_WINDOW_S = 0.5;

/** Computes how far simulated time may advance for a given wall time. All times are in seconds. */
export class RealtimePacer {
  #speed: Speed = 1;
  #wallStart = 0;
  #simulatedStart = 0;
  #rateWall = 0;
  #rateSimulated = 0;
  /** Simulated seconds in a second of wall time, over the last window. */
  rate = 0;

  /** Starts at wall time `wall` and simulated time `simulated`. */
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

  /** Simulated time up to which the simulation may run now; infinite at speed `max`. */
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
