/**
 * Range of the time axis: the last `window` seconds, and from 0 to `window` at the start.
 * @param newest time of the newest sample (s); undefined without samples
 */
export const timeRange = (newest: number | undefined, window: number): [low: number, high: number] => [
  Math.max(0, (newest ?? 0) - window),
  Math.max(window, newest ?? 0),
];

/**
 * Range of a value axis: all samples, and at least ±`half`, so that noise at rest does not look like contact.
 * @param low smallest sample; undefined without samples
 */
export const valueRange = (low: number | undefined, high: number | undefined, half: number): [number, number] => [
  Math.min(-half, low ?? 0),
  Math.max(half, high ?? 0),
];

/**
 * Range of a value axis around samples that may lie anywhere: all of them, and at least 0.1 in all, so that noise does not fill the plot.
 * @param low smallest sample; undefined without samples
 */
export function sampleRange(low: number | undefined, high: number | undefined): [number, number] {
  const [least, largest] = [low ?? 0, high ?? 0];
  const margin = Math.max(0.05 * (largest - least), (0.1 - (largest - least)) / 2);
  return [least - margin, largest + margin];
}

/** A value with this many decimals, and without the sign of a zero. */
export const fixed = (value: number, decimals: number): string =>
  value.toFixed(decimals).replace(/^-(0(\.0*)?)$/, '$1');
