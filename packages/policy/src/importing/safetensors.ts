import { errorMessage, InputError } from '@praxis/core';
import * as z from 'zod';
import { elementCount } from '../numbers/axes.ts';
import { halfNumber } from '../numbers/half.ts';

/** Element types of safetensors that this reader knows, with their size in bytes. */
const DTYPE_BYTES = { U8: 1, I32: 4, I64: 8, F16: 2, BF16: 2, F32: 4, F64: 8 } as const;
type SafeDtype = keyof typeof DTYPE_BYTES;

/** One tensor of a file: its elements are little-endian and row-major. */
export interface SafeTensor {
  readonly dtype: SafeDtype;
  /** Size of each dimension; empty for a scalar. */
  readonly shape: readonly number[];
  /** Number of elements. */
  readonly size: number;
  /** Bytes of the elements, a part of the file. */
  readonly bytes: Uint8Array;
}

/** Content of a safetensors file. */
export interface Safetensors {
  /** Texts of the entry `__metadata__`. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: ReadonlyMap<string, SafeTensor>;
}

/** Bytes in front of the header: its length as an unsigned integer. */
const LENGTH_BYTES = 8;
/** Largest header that the format allows (bytes). */
const MAX_HEADER_BYTES = 100_000_000;
const METADATA = '__metadata__';

const index = z.int().nonnegative();
const entry = z.object({ dtype: z.string(), shape: z.array(index), data_offsets: z.tuple([index, index]) });
const texts = z.record(z.string(), z.string());

const isKnown = (dtype: string): dtype is SafeDtype => Object.hasOwn(DTYPE_BYTES, dtype);

/**
 * Reads a safetensors file without copying its tensors: a length, a header in JSON, and the bytes of all tensors without gap or overlap
 * (https://github.com/huggingface/safetensors). Nothing in it can run code.
 * @param where name of the file in errors
 * @throws {InputError} in one line that names the tensor or the part of the file that is wrong
 */
export function parseSafetensors(bytes: Uint8Array, where: string): Safetensors {
  const header = readHeader(bytes, where);
  const data = bytes.subarray(LENGTH_BYTES + header.bytes);
  const { [METADATA]: notes, ...entries } = header.json;
  const metadata = texts.safeParse(notes ?? {});
  if (!metadata.success) throw new InputError(`${where}: ${METADATA} is not a map of texts`);
  const tensors = new Map<string, SafeTensor>();
  const spans: { readonly name: string; readonly begin: number; readonly end: number }[] = [];
  for (const [name, value] of Object.entries(entries)) {
    const parsed = entry.safeParse(value);
    if (!parsed.success) {
      throw new InputError(`${where}: tensor ${name} is not described by dtype, shape and data_offsets`);
    }
    const { dtype, shape, data_offsets } = parsed.data;
    const [begin, end] = data_offsets;
    if (!isKnown(dtype)) {
      throw new InputError(
        `${where}: tensor ${name} is ${dtype}, expected one of ${Object.keys(DTYPE_BYTES).join(', ')}`,
      );
    }
    const size = elementCount(shape);
    if (begin > end || end > data.length || end - begin !== size * DTYPE_BYTES[dtype]) {
      const wanted = `${size * DTYPE_BYTES[dtype]} bytes for ${dtype} [${shape}] within ${data.length}`;
      throw new InputError(`${where}: tensor ${name} has the bytes ${begin} to ${end}, expected ${wanted}`);
    }
    spans.push({ name, begin, end });
    tensors.set(name, { dtype, shape, size, bytes: data.subarray(begin, end) });
  }
  checkSpans(spans, data.length, where);
  return { metadata: metadata.data, tensors };
}

function readHeader(
  file: Uint8Array,
  where: string,
): { readonly bytes: number; readonly json: Readonly<Record<string, unknown>> } {
  if (file.length < LENGTH_BYTES) {
    throw new InputError(
      `${where}: ${file.length} bytes, expected a safetensors file, which begins with a length of 8`,
    );
  }
  const length = new DataView(file.buffer, file.byteOffset, LENGTH_BYTES).getBigUint64(0, true);
  if (length > MAX_HEADER_BYTES || Number(length) > file.length - LENGTH_BYTES) {
    throw new InputError(
      `${where}: its header has ${length} bytes of ${file.length - LENGTH_BYTES}, expected a safetensors file`,
    );
  }
  const bytes = Number(length);
  const text = new TextDecoder().decode(file.subarray(LENGTH_BYTES, LENGTH_BYTES + bytes));
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new InputError(`${where}: its header is not JSON (${errorMessage(cause)})`, { cause });
  }
  const parsed = z.record(z.string(), z.unknown()).safeParse(json);
  if (!parsed.success) throw new InputError(`${where}: its header is no object`);
  return { bytes, json: parsed.data };
}

/** The format forbids gaps and overlaps, in which bytes could hide. */
function checkSpans(
  spans: readonly { readonly name: string; readonly begin: number; readonly end: number }[],
  size: number,
  where: string,
): void {
  let at = 0;
  for (const { name, begin, end } of [...spans].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== at) throw new InputError(`${where}: tensor ${name} begins at byte ${begin}, expected ${at}`);
    at = end;
  }
  if (at !== size) throw new InputError(`${where}: its tensors end at byte ${at} of ${size}`);
}

/** Returns the elements of a tensor as numbers; those of I64 are rounded beyond 2^53. */
export function numbersOf({ dtype, size, bytes }: SafeTensor): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float64Array.from({ length: size }, (_, i) => {
    switch (dtype) {
      case 'U8':
        return bytes[i];
      case 'I32':
        return view.getInt32(4 * i, true);
      case 'I64':
        return Number(view.getBigInt64(8 * i, true));
      case 'F16':
        return halfNumber(view.getUint16(2 * i, true));
      case 'BF16':
        return bfloatOf(view.getUint16(2 * i, true));
      case 'F32':
        return view.getFloat32(4 * i, true);
      case 'F64':
        return view.getFloat64(8 * i, true);
    }
  });
}

/** Number of a bfloat16: the upper half of a binary32. */
const bfloatOf = (bits: number): number => new Float32Array(Uint32Array.of(bits << 16).buffer)[0];
