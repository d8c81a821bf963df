import { setTimeout as sleep } from 'node:timers/promises';

/** Whether simulated time keeps to the wall clock or runs as fast as the machine can. */
export type Pace = 'fast' | 'realtime';

/** Simulated time that is ahead of the wall clock by less than this (s) is made up for by a later sleep. */
const LEAD_S = 0.02;

/** Holds simulated time back to the wall clock, from the moment at which this is made. */
export class RealtimePacer {
  readonly #start = performance.now() / 1000;

  /** Sleeps while simulated time is ahead of the wall clock. @param time simulated seconds since the start */
  async keep(time: number): Promise<void> {
    const ahead = time - (performance.now() / 1000 - this.#start);
    if (ahead > LEAD_S) await sleep(1000 * ahead);
  }
}
