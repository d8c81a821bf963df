import { PolicyError } from '@praxis/core';
import { elementCount } from '../numbers/axes.ts';

/** Memory of an array, as numpy names its types: `|b1` and `|u1` are bytes, `<i8` and `<u8` are 64-bit integers. */
export type NdData =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | BigUint64Array
  | BigInt64Array
  | Float32Array
  | Float64Array;

interface ElementType {
  readonly bytes: number;
  view(buffer: ArrayBuffer): NdData;
}

/** Element types by numpy's `dtype.str`. Objects, strings, records, complex and half floats are not among them. */
const ELEMENT_TYPES: Readonly<Record<string, ElementType>> = {
  '|b1': { bytes: 1, view: (buffer) => new Uint8Array(buffer) },
  '|u1': { bytes: 1, view: (buffer) => new Uint8Array(buffer) },
  '|i1': { bytes: 1, view: (buffer) => new Int8Array(buffer) },
  '<u2': { bytes: 2, view: (buffer) => new Uint16Array(buffer) },
  '<i2': { bytes: 2, view: (buffer) => new Int16Array(buffer) },
  '<u4': { bytes: 4, view: (buffer) => new Uint32Array(buffer) },
  '<i4': { bytes: 4, view: (buffer) => new Int32Array(buffer) },
  '<u8': { bytes: 8, view: (buffer) => new BigUint64Array(buffer) },
  '<i8': { bytes: 8, view: (buffer) => new BigInt64Array(buffer) },
  '<f4': { bytes: 4, view: (buffer) => new Float32Array(buffer) },
  '<f8': { bytes: 8, view: (buffer) => new Float64Array(buffer) },
};

/** Largest number of dimensions, as numpy has it. */
const MAX_DIMENSIONS = 32;

const DTYPES_OF_CLASSES = new Map<string, string>([
  ['Uint8Array', '|u1'],
  ['Int8Array', '|i1'],
  ['Uint16Array', '<u2'],
  ['Int16Array', '<i2'],
  ['Uint32Array', '<u4'],
  ['Int32Array', '<i4'],
  ['BigUint64Array', '<u8'],
  ['BigInt64Array', '<i8'],
  ['Float32Array', '<f4'],
  ['Float64Array', '<f8'],
]);

/** An array of numbers with a shape: row-major, little endian, as numpy's `tobytes` writes it. */
export class NdArray {
  /** Size of each dimension; `[]` for one number. */
  readonly shape: readonly number[];
  readonly data: NdData;
  /** numpy's `dtype.str`, such as `<f8`. */
  readonly dtype: string;

  /** @throws {PolicyError} when the shape has another number of elements than the data */
  constructor(shape: readonly number[], data: NdData, dtype = DTYPES_OF_CLASSES.get(data.constructor.name)) {
    const size = elementCount(shape);
    if (data.length !== size)
      throw new PolicyError(`array of shape [${shape}]: ${data.length} elements, expected ${size}`);
    if (dtype === undefined)
      throw new PolicyError(`array of ${data.constructor.name}: expected a typed array of numbers`);
    this.shape = shape;
    this.data = data;
    this.dtype = dtype;
  }

  /** Bytes of the data, without a copy. */
  get bytes(): Uint8Array {
    return new Uint8Array(this.data.buffer, this.data.byteOffset, this.data.byteLength);
  }

  /** The elements as float64: the data itself where it is float64. 64-bit integers lose digits above 2^53. */
  numbers(): Float64Array {
    if (this.data instanceof Float64Array) return this.data;
    return Float64Array.from(this.data as ArrayLike<number | bigint>, Number);
  }
}

/**
 * Makes an array of what a message holds. The data are copied, since they may lie at an odd address.
 * @throws {PolicyError} for a type that is not a number of fixed size, for a shape that is none, and for data of another size
 */
export function ndArrayOf(dtype: unknown, shape: unknown, data: unknown): NdArray {
  // numpy writes the type of single bytes as `|u1`, and some writers as `<u1`.
  const name = typeof dtype === 'string' ? dtype.replace(/^[<>=|](?=[bui]1$)/, '|') : dtype;
  const type = typeof name === 'string' && Object.hasOwn(ELEMENT_TYPES, name) ? ELEMENT_TYPES[name] : undefined;
  if (typeof name !== 'string' || type === undefined) {
    const known = Object.keys(ELEMENT_TYPES).join(', ');
    throw new PolicyError(`array of dtype ${String(dtype).slice(0, 20)}: expected one of ${known}`);
  }
  if (
    !Array.isArray(shape) ||
    shape.length > MAX_DIMENSIONS ||
    !shape.every((size) => Number.isSafeInteger(size) && size >= 0)
  ) {
    throw new PolicyError(`array of dtype ${name}: its shape is no list of at most ${MAX_DIMENSIONS} sizes`);
  }
  const sizes: readonly number[] = shape;
  const expected = elementCount(sizes) * type.bytes;
  if (!(data instanceof Uint8Array) || data.length !== expected) {
    const given = data instanceof Uint8Array ? `${data.length} bytes` : 'no bytes';
    throw new PolicyError(`array of dtype ${name} and shape [${sizes}]: ${given}, expected ${expected}`);
  }
  return new NdArray(sizes, type.view(new Uint8Array(data).buffer), name);
}
