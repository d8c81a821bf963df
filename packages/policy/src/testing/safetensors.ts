import { concatBytes } from './protobuf.ts';

/** Elements of a tensor for {@link safetensorsFile}; the type of the array is the type of the elements. */
export interface TestTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array | Uint8Array | Int32Array | BigInt64Array;
}

const dtypeOf = (data: TestTensor['data']): string => {
  if (data instanceof Float32Array) return 'F32';
  if (data instanceof Float64Array) return 'F64';
  if (data instanceof Uint8Array) return 'U8';
  return data instanceof Int32Array ? 'I32' : 'I64';
};

/** Writes a safetensors file from a header and the bytes behind it, which need not fit. */
export function safetensorsOf(header: string, data: Uint8Array): Uint8Array {
  const text = new TextEncoder().encode(header);
  return concatBytes([new Uint8Array(BigUint64Array.of(BigInt(text.length)).buffer), text, data]);
}

/** Writes a safetensors file. */
export function safetensorsFile(
  tensors: Readonly<Record<string, TestTensor>>,
  metadata?: Readonly<Record<string, string>>,
): Uint8Array {
  let at = 0;
  const entries = Object.entries(tensors).map(([name, { shape, data }]) => {
    const begin = at;
    at += data.byteLength;
    return [name, { dtype: dtypeOf(data), shape, data_offsets: [begin, at] }] as const;
  });
  const header = { ...(metadata ? { __metadata__: metadata } : {}), ...Object.fromEntries(entries) };
  const parts = Object.values(tensors).map(({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return safetensorsOf(JSON.stringify(header), concatBytes(parts));
}
