/** A value holds for so long until the next one (s); a longer pause is a gap in the curve. */
const HOLD_S = 0.5;

/** Smallest, largest and last value of one curve in each bucket. */
interface Curve {
  readonly low: Float32Array;
  readonly high: Float32Array;
  readonly last: Float32Array;
  /** Time of the last value in each bucket (s). */
  readonly lastTime: Float64Array;
}

/**
 * Thins curves to a fixed number of equal spans of time, so that a peak of one sample is still seen: each span keeps its smallest and its
 * largest value. Memory does not depend on the number of samples.
 */
export class BucketGrid {
  readonly from: number;
  readonly to: number;
  readonly #count: number;
  readonly #curves = new Map<string, Curve>();

  /** @param count number of buckets between `from` and `to` (s) */
  constructor(from: number, to: number, count: number) {
    this.from = from;
    this.to = Math.max(to, from + 1e-3);
    this.#count = count;
  }

  /** Adds a value of a curve. Times of a curve come in any order; those outside the grid are left out. */
  add(curve: string, time: number, value: number): void {
    const at = Math.floor(((time - this.from) / (this.to - this.from)) * this.#count);
    const bucket = at === this.#count && time <= this.to ? at - 1 : at;
    if (!(bucket >= 0 && bucket < this.#count) || !Number.isFinite(value)) return;
    const { low, high, last, lastTime } = this.#curve(curve);
    if (!(low[bucket] <= value)) low[bucket] = value;
    if (!(high[bucket] >= value)) high[bucket] = value;
    if (!(lastTime[bucket] > time)) {
      last[bucket] = value;
      lastTime[bucket] = time;
    }
  }

  /** Two times for each bucket (s): its start, and its middle. */
  get times(): Float64Array {
    const width = (this.to - this.from) / this.#count;
    return Float64Array.from({ length: 2 * this.#count }, (_, i) => this.from + (i / 2) * width);
  }

  /** The smallest and the largest value of each bucket at {@link times}; a bucket without one holds the last value, and is NaN after a pause. */
  values(curve: string): Float32Array {
    const found = this.#curves.get(curve);
    const values = new Float32Array(2 * this.#count).fill(Number.NaN);
    if (!found) return values;
    const { low, high, last, lastTime } = found;
    const width = (this.to - this.from) / this.#count;
    const hold = Math.max(HOLD_S, 2 * width);
    let [held, heldTime] = [Number.NaN, Number.NEGATIVE_INFINITY];
    for (let i = 0; i < this.#count; i++) {
      if (!Number.isNaN(low[i])) {
        // The larger one comes last where the curve rises, so that a slope has no steps.
        const rises = !(held > last[i]);
        values[2 * i] = rises ? low[i] : high[i];
        values[2 * i + 1] = rises ? high[i] : low[i];
        [held, heldTime] = [last[i], lastTime[i]];
      } else if (this.from + i * width - heldTime <= hold) values.fill(held, 2 * i, 2 * i + 2);
    }
    return values;
  }

  #curve(name: string): Curve {
    const known = this.#curves.get(name);
    if (known) return known;
    const empty = () => new Float32Array(this.#count).fill(Number.NaN);
    const curve = {
      low: empty(),
      high: empty(),
      last: empty(),
      lastTime: new Float64Array(this.#count).fill(Number.NaN),
    };
    this.#curves.set(name, curve);
    return curve;
  }
}
