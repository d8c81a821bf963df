import { crc32Final, crc32Init, crc32Update } from '@foxglove/crc';
import type { StreamValue } from '@praxis/core';

const utf8 = new TextEncoder();

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);

/** The parts of a value whose bits count. */
function partsOf(value: StreamValue): readonly ArrayBufferView[] {
  if (typeof value === 'string') return [utf8.encode(value)];
  if (ArrayBuffer.isView(value)) return [value];
  if ('data' in value) return [value.data];
  const { position, velocity, effort } = value;
  return effort ? [position, velocity, effort] : [position, velocity];
}

/** CRC-32 of the bits of samples. It keeps that of each value, which a period and an observation both need. */
export class SampleDigests {
  readonly #known = new WeakMap<object, number>();

  /** CRC-32 of one value; 0 for one that has no bits to read, as of a faulty sensor. */
  of(value: StreamValue): number {
    if (typeof value !== 'object' || value === null) return compute(value);
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    const digest = compute(value);
    this.#known.set(value, digest);
    return digest;
  }

  /** CRC-32 of several values in their order, 0 of none. */
  ofAll(values: readonly StreamValue[]): number {
    if (values.length < 2) return values.length === 0 ? 0 : this.of(values[0]);
    return crc32Final(
      crc32Update(
        crc32Init(),
        Uint32Array.from(values, (value) => this.of(value)),
      ),
    );
  }
}

function compute(value: StreamValue): number {
  let crc = crc32Init();
  try {
    for (const part of partsOf(value)) crc = crc32Update(crc, bytesOf(part));
  } catch (error) {
    if (error instanceof TypeError) return 0;
    throw error;
  }
  return crc32Final(crc);
}
