/** The value between `a` and `b`, `share` (0..1) of the way. */
export type Interpolation<T> = (a: T, b: T, share: number) => T;

/** A number between two, on a straight line. */
export const mix = (a: number, b: number, share: number): number => a + share * (b - a);

/** Element by element on a straight line, as a new array. */
export const interpolateLinear: Interpolation<Float64Array> = (a, b, share) =>
  a.map((value, i) => mix(value, b[i], share));

/** The value before, until the next has come. */
export const holdPrevious = <T>(a: T, b: T, share: number): T => (share >= 1 ? b : a);
