/** Fields of a struct by their numbers: whole numbers, truth values and structs; undefined for what is of another type. */
export type CompactStruct = ReadonlyMap<number, number | boolean | CompactStruct | undefined>;

/** Structs inside each other at most; a header of a page has two. */
const MAX_DEPTH = 8;
const [STOP, TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, STRUCT] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12];

/** Reads numbers out of bytes and stops at their end. */
export class CompactReader {
  readonly #bytes: Uint8Array;
  /** Offset of the next byte. */
  at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  byte(): number {
    if (this.at >= this.#bytes.length) throw new RangeError('it goes on beyond the end');
    return this.#bytes[this.at++];
  }

  /** A number in groups of seven bits, the lowest first (LEB128). Above 2^53 it is rounded. @throws {RangeError} beyond 64 bits */
  varint(): number {
    let value = 0;
    for (let scale = 1; scale < 2 ** 64; scale *= 128) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
    throw new RangeError('a number of more than 64 bits');
  }

  /** Passes `length` bytes over. */
  skip(length: number): void {
    if (length > this.#bytes.length - this.at) throw new RangeError(`${length} bytes, which go on beyond the end`);
    this.at += length;
  }

  /** A struct of Thrift's compact protocol (github.com/apache/thrift, doc/specs/thrift-compact-protocol.md). @throws {RangeError} when it is damaged */
  struct(depth = 0): CompactStruct {
    if (depth > MAX_DEPTH) throw new RangeError('structs within structs without end');
    const fields = new Map<number, number | boolean | CompactStruct | undefined>();
    let id = 0;
    for (;;) {
      const head = this.byte();
      if ((head & 15) === STOP) return fields;
      id = head >> 4 === 0 ? this.#zigzag() : id + (head >> 4);
      fields.set(id, this.#value(head & 15, depth));
    }
  }

  #zigzag(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  #value(type: number, depth: number): number | boolean | CompactStruct | undefined {
    if (type === TRUE || type === FALSE) return type === TRUE;
    if (type === BYTE) return this.byte();
    if (type === I16 || type === I32 || type === I64) return this.#zigzag();
    if (type === STRUCT) return this.struct(depth + 1);
    if (type === DOUBLE) this.skip(8);
    else if (type === BINARY) this.skip(this.varint());
    else if (type === LIST) {
      const head = this.byte();
      const length = head >> 4 === 15 ? this.varint() : head >> 4;
      // An element has at least one byte, so that the end of the bytes ends a list that is too long.
      for (let i = 0; i < length; i++)
        if ([TRUE, FALSE].includes(head & 15)) this.byte();
        else this.#value(head & 15, depth + 1);
    } else throw new RangeError(`type ${type} of a field`);
    return undefined;
  }
}
