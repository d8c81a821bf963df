/** What waits its turn, first come first served; when there is too much of it the oldest goes. */
export class DropOldestQueue<T> {
  readonly #maxSize: number;
  readonly #sizeOf: (item: T) => number;
  #items: T[] = [];
  #size = 0;

  /** @param limit of the sum of sizes */
  constructor(limit: number, sizeOf: (item: T) => number) {
    this.#maxSize = limit;
    this.#sizeOf = sizeOf;
  }

  get length(): number {
    return this.#items.length;
  }

  /** @returns what had to go; the newest stays even when it is too large alone */
  enqueue(item: T): readonly T[] {
    this.#items.push(item);
    this.#size += this.#sizeOf(item);
    let dropped = 0;
    while (this.#size > this.#maxSize && dropped < this.#items.length - 1)
      this.#size -= this.#sizeOf(this.#items[dropped++]);
    return this.#items.splice(0, dropped);
  }

  dequeue(): T | undefined {
    const item = this.#items.shift();
    if (item !== undefined) this.#size -= this.#sizeOf(item);
    return item;
  }

  /** @returns what waited */
  clear(): readonly T[] {
    this.#size = 0;
    return this.#items.splice(0);
  }
}
