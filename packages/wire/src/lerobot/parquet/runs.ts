import { CompactReader } from './compact-struct.ts';

/** Groups of eight that a bit-packed run may have beyond the values that are wanted: writers fill up the last one, some more than that. */
const SPARE_VALUES = 512;
/** Values in one block of the delta encoding at most; writers use 128. */
const MAX_BLOCK_VALUES = 2 ** 16;

/**
 * Checks runs of the hybrid of run lengths and bit-packing (Parquet, Encodings.md: RLE = 3): a decoder makes as many values as a run states.
 * @param width bits of a value
 * @param count number of values that the runs are for at most
 * @throws {RangeError} for a run of more values, or one that goes on beyond the bytes
 */
export function checkRuns(bytes: Uint8Array, width: number, count: number): void {
  const reader = new CompactReader(bytes, 0);
  for (let seen = 0; seen < count && reader.at < bytes.length; ) {
    const head = reader.varint();
    const packed = head % 2 === 1;
    const values = packed ? ((head - 1) / 2) * 8 : head / 2;
    if (values > count - seen + (packed ? SPARE_VALUES : 0))
      throw new RangeError(`a run of ${values} values, expected at most ${count - seen}`);
    if (!packed) reader.skip(Math.ceil(width / 8));
    // The last run of some writers is cut off after its last value.
    else reader.skip(Math.min((values / 8) * width, bytes.length - reader.at));
    seen += values;
  }
}

/** Checks the sizes of blocks of the delta encoding (Parquet, Encodings.md: DELTA_BINARY_PACKED = 5). @throws {RangeError} for sizes that a decoder would not end with */
export function checkDeltaHeader(bytes: Uint8Array): void {
  const reader = new CompactReader(bytes, 0);
  const [block, parts] = [reader.varint(), reader.varint()];
  if (block < 1 || block > MAX_BLOCK_VALUES || parts < 1 || block % parts !== 0)
    throw new RangeError(`blocks of ${block} values in ${parts} parts`);
}
