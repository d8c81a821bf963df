import { isStop, type SafetyState } from '@praxis/safety';

/** After a stop the recording goes on for so long before what is kept is saved (s). */
const AFTER_STOP_S = 1;

/** Most memory for what a recording keeps (bytes, compressed). */
export const KEEP_BYTES = 1024 ** 3;

/** Says when what a recording keeps in memory is saved because a stop latched: a second later, so that the file shows what followed. */
export class StopSave {
  #at = Number.POSITIVE_INFINITY;

  /** True from a stop until {@link clear}. */
  get pending(): boolean {
    return Number.isFinite(this.#at);
  }

  /** Takes a change of the supervisor's state. @param time time of the change (s) */
  change(from: SafetyState, to: SafetyState, time: number): void {
    if (isStop(to) && !isStop(from)) this.#at = time + AFTER_STOP_S;
  }

  /** True once the time after a stop is over. @param time present time (s) */
  due(time: number): boolean {
    return time >= this.#at;
  }

  /** Call it when what is kept is saved, for whatever reason. */
  clear(): void {
    this.#at = Number.POSITIVE_INFINITY;
  }
}
