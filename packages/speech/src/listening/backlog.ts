/** What waits its turn, first come first served; when there is too much of it the oldest goes. */
export class Backlog<T> {
  readonly #limit: number;
  readonly #sizeOf: (item: T) => number;
  #items: T[] = [];
  #size = 0;

  /** @param limit of the sum of sizes */
  constructor(limit: number, sizeOf: (item: T) => number) {
    this.#limit = limit;
    this.#sizeOf = sizeOf;
  }

  get length(): number {
    return this.#items.length;
  }

  /** @returns what had to go; the newest stays even when it is too large alone */
  push(item: T): readonly T[] {
    this.#items.push(item);
    this.#size += this.#sizeOf(item);
    let gone = 0;
    while (this.#size > this.#limit && gone < this.#items.length - 1) this.#size -= this.#sizeOf(this.#items[gone++]);
    return this.#items.splice(0, gone);
  }

  shift(): T | undefined {
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
