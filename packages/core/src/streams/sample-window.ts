/**
 * The last few samples of a stream, oldest first. Bounded: when it is full, a new sample takes the place of the oldest.
 * Once it has been full, it allocates nothing.
 */
export class SampleWindow<T> {
  /** How many it holds at most. */
  readonly size: number;
  readonly #ring: (T | undefined)[] = [];
  #first = 0;
  #length = 0;

  /** @throws {RangeError} when it could hold nothing. */
  constructor(size: number) {
    if (!(size >= 1)) throw new RangeError(`window: ${size} samples, expected at least 1`);
    this.size = size;
  }

  get length(): number {
    return this.#length;
  }

  /** Undefined while it is empty. */
  get newest(): T | undefined {
    return this.at(this.#length - 1);
  }

  /** The i-th, 0 for the oldest; undefined outside. */
  at(i: number): T | undefined {
    return i >= 0 && i < this.#length ? this.#ring[(this.#first + i) % this.size] : undefined;
  }

  /** True when the oldest had to make room. */
  push(sample: T): boolean {
    const full = this.#length === this.size;
    if (full) this.shift();
    this.#ring[(this.#first + this.#length) % this.size] = sample;
    this.#length++;
    return full;
  }

  /** Takes the oldest out; undefined while it is empty. */
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

  /** Something of each sample, oldest first, as an array of its own. */
  map<U>(of: (sample: T) => U): U[] {
    const out: U[] = [];
    for (let i = 0; i < this.#length; i++) out.push(of(this.at(i)!));
    return out;
  }
}
