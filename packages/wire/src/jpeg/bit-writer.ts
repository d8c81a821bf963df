/** Writes bits of entropy-coded data, most significant first; a byte 0xff is followed by 0, as JPEG wants it. */
export class BitWriter {
  #bytes: Uint8Array;
  #length = 0;
  #bits = 0;
  #count = 0;

  /** @param size initial size (bytes); it grows */
  constructor(size: number) {
    this.#bytes = new Uint8Array(size);
  }

  /** @param count number of bits, 0..16 */
  write(value: number, count: number): void {
    this.#bits = (this.#bits << count) | value;
    this.#count += count;
    while (this.#count >= 8) {
      this.#count -= 8;
      const byte = (this.#bits >>> this.#count) & 0xff;
      this.byte(byte);
      if (byte === 0xff) this.byte(0);
    }
    this.#bits &= (1 << this.#count) - 1;
  }

  /** Fills the last byte with ones. */
  align(): void {
    if (this.#count > 0) this.write((1 << (8 - this.#count)) - 1, 8 - this.#count);
  }

  /** Appends a byte as it is, outside entropy-coded data. */
  byte(value: number): void {
    if (this.#length === this.#bytes.length) {
      const grown = new Uint8Array(2 * this.#bytes.length);
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    this.#bytes[this.#length++] = value;
  }

  /** A copy of what was written. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }
}
