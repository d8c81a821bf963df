/** Counts received and dropped messages of a topic with a fixed rate. A stamp missing between the first and the last is a drop. */
export class ArrivalCounter {
  readonly #rate: number;
  #first = 0;
  #last = 0;
  #received = 0;

  /** @param rateHz rate at which the messages are published */
  constructor(rateHz: number) {
    this.#rate = rateHz;
  }

  /** Counts a message. @param stamp stamp of the message (s) */
  recordStamp(stamp: number): void {
    if (this.#received++ === 0) this.#first = stamp;
    this.#last = stamp;
  }

  /** Resets the counts. */
  restart(): void {
    this.#received = 0;
  }

  get received(): number {
    return this.#received;
  }

  get dropped(): number {
    return this.#received === 0 ? 0 : Math.round((this.#last - this.#first) * this.#rate) + 1 - this.#received;
  }
}
