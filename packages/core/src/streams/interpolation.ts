/** Interpolates from `a` (share 0) to `b` (share 1). */
export type Interpolation<T> = (a: T, b: T, share: number) => T;

/** Linear interpolation between two numbers. */
export const mix = (a: number, b: number, share: number): number => a + share * (b - a);

/** Linear interpolation of each element, as a new array. */
export const interpolateLinear: Interpolation<Float64Array> = (a, b, share) =>
  a.map((value, i) => mix(value, b[i], share));

/** Zero-order hold: `a` until `b` has arrived. */
export const holdPrevious = <T>(a: T, b: T, share: number): T => (share >= 1 ? b : a);
