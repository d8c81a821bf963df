/** A record of fewer bytes takes as good as no time, whatever its size. */
export const LARGE_BYTES = 16 * 1024;
/** Share of a new measurement that is slower than the estimate, and of one that is faster: the estimate is a careful one. */
const [SLOWER_SHARE, FASTER_SHARE] = [0.5, 0.02];
/** Estimate before the first measurement: 1 GB/s. */
const FIRST_MS_PER_BYTE = 1e-6;

/** How long records take to encode, measured as they are: most of the time of a camera's picture is that of its bytes. */
export class EncodingPace {
  #msPerByte = FIRST_MS_PER_BYTE;

  /** Expected time of a record of so many bytes (ms); 0 for a small one. */
  expectedMs(bytes: number): number {
    return bytes < LARGE_BYTES ? 0 : bytes * this.#msPerByte;
  }

  /** A record was put off: the estimate sinks a little, so that one late measurement does not put it off for good. */
  putOff(): void {
    this.#msPerByte *= 1 - FASTER_SHARE;
  }

  /** Takes the time of a record into account (ms). */
  measured(bytes: number, ms: number): void {
    if (bytes < LARGE_BYTES) return;
    const difference = ms / bytes - this.#msPerByte;
    this.#msPerByte += difference * (difference > 0 ? SLOWER_SHARE : FASTER_SHARE);
  }
}
