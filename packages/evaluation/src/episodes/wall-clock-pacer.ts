import { setTimeout as sleep } from 'node:timers/promises';

/** `realtime`: simulated time follows the wall clock. `fast`: it advances as fast as the machine allows. */
export type PacingMode = 'fast' | 'realtime';

/** Simulated time may be ahead of the wall clock by this (s): sleeping for each control period would be imprecise. */
const MAX_LEAD_S = 0.02;

/** Delays a simulation so that its time follows the wall clock. The simulation starts when this is constructed. */
export class WallClockPacer {
  readonly #start = performance.now() / 1000;

  /** Sleeps while simulated time is ahead of the wall clock. @param time simulated seconds since the start */
  async waitUntil(time: number): Promise<void> {
    const ahead = time - (performance.now() / 1000 - this.#start);
    if (ahead > MAX_LEAD_S) await sleep(1000 * ahead);
  }
}
