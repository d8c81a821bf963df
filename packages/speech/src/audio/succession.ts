/** s by which pieces may come earlier or later than one after the other. */
const LATE = 0.5;

/** Stamps of pieces of sound that come one after the other without a gap: when a piece came says little of when it was heard. */
export class Succession {
  #end = Number.NEGATIVE_INFINITY;

  /**
   * @param duration of the next piece (s)
   * @param received when it came (s)
   * @returns stamp of its first sample (s): the end of the piece before, unless that is {@link LATE} off
   */
  stamp(duration: number, received: number): number {
    const begin = received - duration;
    const stamp = Math.abs(begin - this.#end) > LATE ? begin : this.#end;
    this.#end = stamp + duration;
    return stamp;
  }
}
