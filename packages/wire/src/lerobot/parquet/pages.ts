import { firstLine } from '@praxis/core';
import { CompactReader, type CompactStruct } from './compact-struct.ts';
import { decompressPage } from './compressors.ts';
import { checkDeltaHeader, checkRuns } from './runs.ts';

/** What the end of a file says of one column in one group of rows. */
export interface ColumnPages {
  readonly codec: string;
  /** Type of its values, such as `BOOLEAN`. */
  readonly type: string;
  /** Number of values, nulls included. */
  readonly values: number;
  /** Number of rows of the group. */
  readonly rows: number;
  /** Highest level of repetition and of definition; 0 where the pages have no such levels. */
  readonly repetition: number;
  readonly definition: number;
}

/** Types of pages, by their numbers (parquet.thrift, PageType). */
const PAGE = { data: 0, dictionary: 2, dataV2: 3 } as const;
/** Encodings by their numbers (parquet.thrift, Encoding). */
const ENCODING = { plainDictionary: 2, rle: 3, delta: 5, deltaLength: 6, deltaBytes: 7, rleDictionary: 8 } as const;

/** A page does not fit its bytes or its column. */
export class PageError extends RangeError {
  /** Offset of the header among the bytes. */
  readonly offset: number;

  constructor(offset: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.offset = offset;
  }
}

/**
 * Checks the headers of all pages of a column, and the lengths of the runs in them, so that a decoder which believes them ends.
 * @param bytes the column in one group of rows
 * @throws {PageError} for a page whose sizes do not fit, and for pages with another number of values than the column has
 */
export function checkPages(bytes: Uint8Array, column: ColumnPages): void {
  if (column.repetition > 0 ? column.values < column.rows : column.values !== column.rows)
    throw new PageError(0, `${column.values} values in ${column.rows} rows`);
  const reader = new CompactReader(bytes, 0);
  let values = 0;
  // Of what follows the last page, a decoder leaves one byte alone.
  while (reader.at < bytes.length - 1) {
    const offset = reader.at;
    try {
      values += checkPage(reader, bytes, column, column.values - values);
    } catch (cause) {
      throw new PageError(offset, `damaged page: ${firstLine(cause)}`, { cause });
    }
  }
  if (values !== column.values) throw new PageError(0, `pages of ${values} values, expected ${column.values}`);
}

/** Checks the page at the reader and moves it on. @param left values that its column may still have @returns number of its values */
function checkPage(reader: CompactReader, bytes: Uint8Array, column: ColumnPages, left: number): number {
  const header = reader.struct();
  const size = whole(header, 3, 'compressed_page_size', bytes.length - reader.at);
  const full = whole(header, 2, 'uncompressed_page_size', 2 ** 31 - 1);
  const body = bytes.subarray(reader.at, reader.at + size);
  reader.at += size;
  const type = header.get(1);
  if (type === PAGE.dictionary) {
    whole(part(header, 7), 1, 'num_values of the dictionary', Math.max(1, full) * 8);
    return 0;
  }
  if (type === PAGE.data) {
    const data = part(header, 5);
    const count = whole(data, 1, 'num_values', left);
    const page = decompressPage(column.codec, body, full);
    let at = 0;
    for (const level of [column.repetition, column.definition]) {
      if (level === 0) continue;
      const length = page.length - at >= 4 ? new DataView(page.buffer, page.byteOffset + at).getUint32(0, true) : -1;
      if (length < 0 || length > page.length - at - 4) throw new RangeError(`levels of ${length} bytes`);
      checkRuns(page.subarray(at + 4, at + 4 + length), bitWidth(level), count);
      at += 4 + length;
    }
    checkValues(page.subarray(at), data.get(2), column.type, count);
    return count;
  }
  if (type !== PAGE.dataV2) throw new RangeError(`type ${type}, expected a page of data or a dictionary`);
  const data = part(header, 8);
  const count = whole(data, 1, 'num_values', left);
  whole(data, 2, 'num_nulls', count);
  whole(data, 3, 'num_rows', column.rows);
  const repetition = whole(data, 6, 'repetition_levels_byte_length', size);
  const levels = repetition + whole(data, 5, 'definition_levels_byte_length', Math.min(size, full) - repetition);
  if (column.repetition > 0) checkRuns(body.subarray(0, repetition), bitWidth(column.repetition), count);
  if (column.definition > 0) checkRuns(body.subarray(repetition, levels), bitWidth(column.definition), count);
  const rest = body.subarray(levels);
  const packed = data.get(7) !== false && full > levels;
  checkValues(packed ? decompressPage(column.codec, rest, full - levels) : rest, data.get(4), column.type, count);
  return count;
}

/** Checks what tells a decoder how many values to make. */
function checkValues(bytes: Uint8Array, encoding: unknown, type: string, count: number): void {
  if (encoding === ENCODING.deltaBytes) throw new RangeError('encoding DELTA_BYTE_ARRAY, which is not read');
  if (bytes.length === 0) return;
  if (encoding === ENCODING.delta || encoding === ENCODING.deltaLength) checkDeltaHeader(bytes);
  // Truth values come with the length of their runs, indices with the bits of each.
  else if (encoding === ENCODING.rle && type === 'BOOLEAN') checkRuns(bytes.subarray(4), 1, count);
  else if (encoding === ENCODING.rleDictionary || encoding === ENCODING.plainDictionary || encoding === ENCODING.rle) {
    if (bytes[0] > 32) throw new RangeError(`indices of ${bytes[0]} bits`);
    checkRuns(bytes.subarray(1), bytes[0], count);
  }
}

const bitWidth = (value: number): number => 32 - Math.clz32(value);

function part(header: CompactStruct, id: number): CompactStruct {
  const value = header.get(id);
  if (value instanceof Map) return value;
  throw new RangeError('its header lacks what its type has');
}

/** A whole number of a header, 0 to `most`. */
function whole(header: CompactStruct, id: number, name: string, most: number): number {
  const value = header.get(id);
  if (typeof value === 'number' && value >= 0 && value <= most) return value;
  throw new RangeError(`${name} is ${value instanceof Map ? 'a struct' : value}, expected 0 to ${most}`);
}
