/** Tags of arrays of numbers, little endian (RFC 8746). */
const TYPED_ARRAY_TAGS = new Map<string, number>([
  ['Uint16Array', 69],
  ['Uint32Array', 70],
  ['BigUint64Array', 71],
  ['Int8Array', 72],
  ['Int16Array', 77],
  ['Int32Array', 78],
  ['BigInt64Array', 79],
  ['Float32Array', 85],
  ['Float64Array', 86],
]);

/** Major types (RFC 8949, 3.1). */
const MAJOR = { unsigned: 0, negative: 1, bytes: 2, text: 3, array: 4, map: 5, tag: 6 } as const;
const SIMPLE = { false: 0xf4, true: 0xf5, null: 0xf6 } as const;
const FLOAT64 = 0xfb;

/**
 * Encodes a value as CBOR (RFC 8949): texts, numbers, booleans, null, bytes, arrays, objects, and arrays of numbers as RFC 8746 has them.
 * A value that is undefined is null.
 */
export function cborOf(value: unknown): Uint8Array {
  const writer = new CborWriter();
  writer.write(value);
  return writer.finish();
}

class CborWriter {
  #bytes = new Uint8Array(1024);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  write(value: unknown): void {
    if (typeof value === 'string') this.#writeText(value);
    else if (typeof value === 'number') this.#writeNumber(value);
    else if (typeof value === 'bigint') this.#writeInteger(value);
    else if (typeof value === 'boolean') this.#writeByte(value ? SIMPLE.true : SIMPLE.false);
    else if (ArrayBuffer.isView(value)) this.#writeView(value);
    else if (Array.isArray(value)) {
      this.#writeHead(MAJOR.array, value.length);
      for (const each of value) this.write(each);
    } else if (typeof value === 'object' && value !== null) {
      const entries = Object.entries(value);
      this.#writeHead(MAJOR.map, entries.length);
      for (const [key, each] of entries) {
        this.#writeText(key);
        this.write(each);
      }
    } else this.#writeByte(SIMPLE.null);
  }

  #writeNumber(value: number): void {
    if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
      this.#writeInteger(BigInt(value));
      return;
    }
    this.#reserve(9);
    this.#view.setUint8(this.#length, FLOAT64);
    this.#view.setFloat64(this.#length + 1, value);
    this.#length += 9;
  }

  #writeInteger(value: bigint): void {
    if (value >= 0n) this.#writeHead(MAJOR.unsigned, value);
    else this.#writeHead(MAJOR.negative, -1n - value);
  }

  #writeText(text: string): void {
    const bytes = new TextEncoder().encode(text);
    this.#writeHead(MAJOR.text, bytes.length);
    this.#append(bytes);
  }

  #writeView(view: ArrayBufferView): void {
    const tag = TYPED_ARRAY_TAGS.get(view.constructor.name);
    if (tag !== undefined) this.#writeHead(MAJOR.tag, tag);
    this.#writeHead(MAJOR.bytes, view.byteLength);
    this.#append(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
  }

  #writeHead(major: number, value: number | bigint): void {
    this.#reserve(9);
    const type = major << 5;
    const at = this.#length;
    if (value < 24) {
      this.#view.setUint8(at, type | Number(value));
      this.#length += 1;
    } else if (value < 2 ** 8) {
      this.#view.setUint8(at, type | 24);
      this.#view.setUint8(at + 1, Number(value));
      this.#length += 2;
    } else if (value < 2 ** 16) {
      this.#view.setUint8(at, type | 25);
      this.#view.setUint16(at + 1, Number(value));
      this.#length += 3;
    } else if (value < 2 ** 32) {
      this.#view.setUint8(at, type | 26);
      this.#view.setUint32(at + 1, Number(value));
      this.#length += 5;
    } else {
      this.#view.setUint8(at, type | 27);
      this.#view.setBigUint64(at + 1, BigInt(value));
      this.#length += 9;
    }
  }

  #writeByte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  #append(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}
