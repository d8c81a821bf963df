import type { StreamValue } from '../signals/values.ts';

/** The buffers that a sample consists of. */
export function buffersOf(value: StreamValue): readonly (Uint8Array | Float64Array)[] {
  if (typeof value === 'string') return [];
  if (ArrayBuffer.isView(value)) return [value as Float64Array];
  if ('data' in value) return [value.data];
  return value.effort ? [value.position, value.velocity, value.effort] : [value.position, value.velocity];
}
