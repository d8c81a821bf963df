/** Keeps the values that were used last, up to a number of bytes. The value that was added last stays, whatever its size. */
export class BoundedCache<K, V> {
  readonly #limit: number;
  /** The oldest use first. */
  readonly #entries = new Map<K, { readonly value: V; readonly bytes: number }>();
  #bytes = 0;

  /** @param limit most bytes of all values */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Bytes of the values that are kept. */
  get bytes(): number {
    return this.#bytes;
  }

  get(key: K): V | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  /** Adds a value, or replaces that of the key. @param bytes its size */
  set(key: K, value: V, bytes: number): void {
    this.#remove(key);
    this.#entries.set(key, { value, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#limit || oldest === key) return;
      this.#remove(oldest);
    }
  }

  #remove(key: K): void {
    this.#bytes -= this.#entries.get(key)?.bytes ?? 0;
    this.#entries.delete(key);
  }
}
