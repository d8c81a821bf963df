import type { StreamValue } from '@praxis/core';

function sameNumbers(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** True if two samples of one stream hold equal numbers. It stops at the first difference and allocates nothing. */
export function sameValue(a: StreamValue, b: StreamValue): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  if (ArrayBuffer.isView(a)) return ArrayBuffer.isView(b) && sameNumbers(a as Float64Array, b as Float64Array);
  if (ArrayBuffer.isView(b)) return false;
  if ('data' in a) return 'data' in b && sameNumbers(a.data, b.data);
  return !('data' in b) && sameNumbers(a.position, b.position) && sameNumbers(a.velocity, b.velocity);
}
