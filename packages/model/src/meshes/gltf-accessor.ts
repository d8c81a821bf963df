import { InputError } from '@praxis/core';
import * as z from 'zod';

const count = z.int().nonnegative();

export const bufferSchema = z.object({ uri: z.string().optional(), byteLength: count });

export const bufferViewSchema = z.object({
  buffer: count,
  byteOffset: count.default(0),
  byteLength: count,
  byteStride: count.optional(),
});

export const accessorSchema = z.object({
  bufferView: count.optional(),
  byteOffset: count.default(0),
  componentType: z.int(),
  count,
  type: z.string(),
  normalized: z.boolean().default(false),
  sparse: z.unknown().optional(),
});

/** How to read numbers from a buffer. */
export type Accessor = z.infer<typeof accessorSchema>;

type Reader = (view: DataView, at: number) => number;

/** Component types (glTF 2.0, 3.6.2.2): bytes, reader, and largest value of a normalised integer. */
const COMPONENTS: Readonly<Record<number, readonly [bytes: number, read: Reader, largest: number]>> = {
  5120: [1, (view, at) => view.getInt8(at), 127],
  5121: [1, (view, at) => view.getUint8(at), 255],
  5122: [2, (view, at) => view.getInt16(at, true), 32767],
  5123: [2, (view, at) => view.getUint16(at, true), 65535],
  5125: [4, (view, at) => view.getUint32(at, true), 4294967295],
  5126: [4, (view, at) => view.getFloat32(at, true), 1],
};

/**
 * Reads all numbers of an accessor, one element after the other.
 * @param where names the accessor in errors
 * @throws {InputError} when it reaches past its buffer, or is of a kind that is not supported
 */
export function readAccessor(
  accessor: Accessor,
  views: readonly z.infer<typeof bufferViewSchema>[],
  buffers: readonly Uint8Array[],
  where: string,
): Float64Array {
  const { componentType, type, normalized, sparse } = accessor;
  if (sparse !== undefined) throw new InputError(`${where}: sparse, which is not supported`);
  if (!Object.hasOwn(COMPONENTS, componentType)) throw new InputError(`${where}: component type ${componentType}`);
  const [bytes, read, largest] = COMPONENTS[componentType];
  const width = type === 'VEC3' ? 3 : 1;
  const view = views[accessor.bufferView ?? -1];
  const buffer = view && buffers[view.buffer];
  const stride = view?.byteStride || width * bytes;
  const start = (view?.byteOffset ?? 0) + accessor.byteOffset;
  const end = start + (accessor.count - 1) * stride + width * bytes;
  if (!buffer || (accessor.count > 0 && end > Math.min(buffer.length, view.byteOffset + view.byteLength))) {
    throw new InputError(`${where}: ${accessor.count} elements are not in their buffer`);
  }
  const out = new Float64Array(width * accessor.count);
  const data = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  for (let i = 0; i < accessor.count; i++) {
    for (let k = 0; k < width; k++) {
      const value = read(data, start + i * stride + k * bytes);
      out[width * i + k] = normalized ? Math.max(value / largest, -1) : value;
    }
  }
  return out;
}
