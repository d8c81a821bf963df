/** A first-in, first-out queue of bounded size that drops its oldest items when it is full. */
export class DropOldestQueue<T> {
  readonly #maxSize: number;
  readonly #sizeOf: (item: T) => number;
  #items: T[] = [];
  #size = 0;

  /**
   * @param maxSize largest sum of the sizes of the items
   * @param sizeOf size of an item, in the unit of `maxSize`
   */
  constructor(maxSize: number, sizeOf: (item: T) => number) {
    this.#maxSize = maxSize;
    this.#sizeOf = sizeOf;
  }

  get length(): number {
    return this.#items.length;
  }

  /** @returns the dropped items; the newest stays even when it exceeds the limit alone */
  enqueue(item: T): readonly T[] {
    this.#items.push(item);
    this.#size += this.#sizeOf(item);
    let dropped = 0;
    while (this.#size > this.#maxSize && dropped < this.#items.length - 1)
      this.#size -= this.#sizeOf(this.#items[dropped++]);
    return this.#items.splice(0, dropped);
  }

  /** Removes the oldest item; returns undefined when the queue is empty. */
  dequeue(): T | undefined {
    const item = this.#items.shift();
    if (item !== undefined) this.#size -= this.#sizeOf(item);
    return item;
  }

  /** Empties the queue. @returns its items, oldest first */
  clear(): readonly T[] {
    this.#size = 0;
    return this.#items.splice(0);
  }
}
