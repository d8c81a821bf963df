/**
 * Ring buffer of the last samples of a stream, oldest first. A new sample replaces the oldest when it is full. It
 * allocates nothing once it has been full.
 */
export class SampleWindow<T> {
  /** Capacity. */
  readonly size: number;
  readonly #ring: (T | undefined)[] = [];
  #first = 0;
  #length = 0;

  /** @throws {RangeError} when the size is less than 1. */
  constructor(size: number) {
    if (!(size >= 1)) throw new RangeError(`window: ${size} samples, expected at least 1`);
    this.size = size;
  }

  get length(): number {
    return this.#length;
  }

  /** The newest sample; undefined if empty. */
  get newest(): T | undefined {
    return this.at(this.#length - 1);
  }

  /** The i-th sample, 0 for the oldest; undefined outside the window. */
  at(i: number): T | undefined {
    return i >= 0 && i < this.#length ? this.#ring[(this.#first + i) % this.size] : undefined;
  }

  /** Appends a sample. Returns true if it replaced the oldest. */
  push(sample: T): boolean {
    const full = this.#length === this.size;
    if (full) this.shift();
    this.#ring[(this.#first + this.#length) % this.size] = sample;
    this.#length++;
    return full;
  }

  /** Removes and returns the oldest sample; undefined if empty. */
  shift(): T | undefined {
    if (this.#length === 0) return undefined;
    const oldest = this.#ring[this.#first];
    this.#ring[this.#first] = undefined;
    this.#first = (this.#first + 1) % this.size;
    this.#length--;
    return oldest;
  }

  clear(): void {
    this.#ring.length = 0;
    this.#first = 0;
    this.#length = 0;
  }

  /** Maps each sample, oldest first, to a new array. */
  map<U>(transform: (sample: T) => U): U[] {
    const out: U[] = [];
    for (let i = 0; i < this.#length; i++) out.push(transform(this.at(i)!));
    return out;
  }
}
