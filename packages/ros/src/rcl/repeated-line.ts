/** Shortest time (s) between two log lines of one kind. */
export const REPEAT_INTERVAL_S = 10;

/** Logs what happens often: each kind of line at once, then at most every 10 s, with the number of lines left out. */
export class RepeatedLine {
  readonly #log: (line: string) => void;
  readonly #now: () => number;
  readonly #kinds = new Map<string, { time: number; leftOut: number }>();

  /** @param now monotonic time (s) */
  constructor(log: (line: string) => void, now: () => number = () => performance.now() / 1000) {
    this.#log = log;
    this.#now = now;
  }

  /** @param kind lines of one kind count as repeated, whatever figures they have */
  add(kind: string, line: string): void {
    const now = this.#now();
    const last = this.#kinds.get(kind);
    if (last && now - last.time < REPEAT_INTERVAL_S) {
      last.leftOut++;
      return;
    }
    const more = last && last.leftOut > 0 ? ` (and ${last.leftOut} more since the last line)` : '';
    this.#kinds.set(kind, { time: now, leftOut: 0 });
    this.#log(`${line}${more}`);
  }
}
