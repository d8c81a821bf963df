/** Bounds what waits: of each topic the newest items, while older ones are left out. */
export class TopicQueue<T> {
  readonly #waiting = new Map<string, T[]>();
  #dropped = 0;

  /** Number of topics of which something waits. */
  get size(): number {
    return this.#waiting.size;
  }

  /** Items that were left out. */
  get dropped(): number {
    return this.#dropped;
  }

  /**
   * Lets an item wait.
   * @param keep number of items of the topic that may wait, at least 1
   * @returns true if an older one was left out
   */
  add(topic: string, keep: number, item: T): boolean {
    const items = this.#waiting.get(topic);
    if (!items) {
      this.#waiting.set(topic, [item]);
      return false;
    }
    items.push(item);
    if (items.length <= keep) return false;
    items.shift();
    this.#dropped++;
    return true;
  }

  /** Takes one item of each topic in turn, the oldest first; undefined if none waits. */
  take(): T | undefined {
    const next = this.#waiting.entries().next();
    if (next.done) return undefined;
    const [topic, items] = next.value;
    this.#waiting.delete(topic);
    const item = items.shift();
    if (items.length > 0) this.#waiting.set(topic, items);
    return item;
  }

  /** Removes what waits of a topic. */
  forget(topic: string): void {
    this.#waiting.delete(topic);
  }

  /** Leaves out everything that waits. */
  clear(): void {
    for (const items of this.#waiting.values()) this.#dropped += items.length;
    this.#waiting.clear();
  }
}

/** Reports a number that grows at 1, and whenever it is ten times as large as at the last report. */
export class RareReport {
  readonly #report: (count: number) => void;
  #next = 1;

  constructor(report: (count: number) => void) {
    this.#report = report;
  }

  tell(count: number): void {
    if (count < this.#next) return;
    this.#next = 10 * count;
    this.#report(count);
  }
}
