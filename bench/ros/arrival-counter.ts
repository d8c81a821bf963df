/** Counts the messages of one topic by their stamps: what is missing between the first and the last was dropped. */
export class ArrivalCounter {
  readonly #rate: number;
  #first = 0;
  #last = 0;
  #received = 0;

  /** @param rateHz at which they are published */
  constructor(rateHz: number) {
    this.#rate = rateHz;
  }

  /** @param stamp s */
  recordStamp(stamp: number): void {
    if (this.#received++ === 0) this.#first = stamp;
    this.#last = stamp;
  }

  /** What came from now on. */
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
