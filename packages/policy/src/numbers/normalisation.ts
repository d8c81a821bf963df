/**
 * How numbers of a robot become numbers of a network. Each list has one number for each element, or one for all.
 *
 * - `none`: as they are.
 * - `mean_std`: y = (x - mean) / std.
 * - `min_max`: y = 2 (x - min) / (max - min) - 1, so that min is -1 and max is 1.
 * - `quantiles`: the same with two quantiles in place of the extremes, commonly 0.01 and 0.99.
 */
export type Normalisation =
  | { readonly type: 'none' }
  | { readonly type: 'mean_std'; readonly mean: ElementStatistics; readonly std: ElementStatistics }
  | {
      readonly type: 'min_max';
      readonly min: ElementStatistics;
      readonly max: ElementStatistics;
      readonly clip?: boolean;
    }
  | {
      readonly type: 'quantiles';
      readonly low: ElementStatistics;
      readonly high: ElementStatistics;
      readonly clip?: boolean;
    };

/** Numbers for the elements, or one row of them for each step of a chunk of actions. */
export type ElementStatistics = readonly number[] | readonly (readonly number[])[];

/** A normalisation as numbers for each step and element: y = (x - offset) / scale, and x = y * scale + offset. */
export interface LinearNormalisation {
  /** steps x elements. */
  readonly offset: Float64Array;
  /** steps x elements; 0 for an element that was the same in all of the training. */
  readonly scale: Float64Array;
  /** True if normalised numbers are limited to -1..1. */
  readonly clip: boolean;
}

const isRows = (statistics: ElementStatistics): statistics is readonly (readonly number[])[] =>
  Array.isArray(statistics[0]);

/** Rows of statistics: one for all steps, or one for each. */
export const rowsOf = (statistics: ElementStatistics): readonly (readonly number[])[] =>
  isRows(statistics) ? statistics : [statistics];

/** The statistics of a normalisation by the names of their fields; none for `none`. */
export function statisticsOf(normalisation: Normalisation): Readonly<Record<string, ElementStatistics>> {
  const { type, ...fields } = normalisation;
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => Array.isArray(value))) as Record<
    string,
    ElementStatistics
  >;
}

function expand(statistics: ElementStatistics, steps: number, elements: number): Float64Array {
  const rows = rowsOf(statistics);
  return Float64Array.from({ length: steps * elements }, (_, i) => {
    const row = rows[Math.floor(i / elements)] ?? rows[0];
    return row[i % elements] ?? row[0];
  });
}

/** Writes a normalisation as one factor and one offset for each step and element. */
export function linearNormalisation(
  normalisation: Normalisation,
  steps: number,
  elements: number,
): LinearNormalisation {
  const of = (statistics: ElementStatistics): Float64Array => expand(statistics, steps, elements);
  switch (normalisation.type) {
    case 'none':
      return { offset: of([0]), scale: of([1]), clip: false };
    case 'mean_std':
      return { offset: of(normalisation.mean), scale: of(normalisation.std), clip: false };
    case 'min_max':
      return betweenOf(of(normalisation.min), of(normalisation.max), normalisation.clip);
    case 'quantiles':
      return betweenOf(of(normalisation.low), of(normalisation.high), normalisation.clip);
  }
}

/** The line through (low, -1) and (high, 1). */
function betweenOf(low: Float64Array, high: Float64Array, clip = false): LinearNormalisation {
  const scale = high.map((value, i) => (value - low[i]) / 2);
  return { offset: low.map((value, i) => value + scale[i]), scale, clip };
}

/** The normalised number. An element that was the same in all of the training, `min` equal to `max`, becomes -1. */
export function normalised(value: number, { offset, scale, clip }: LinearNormalisation, i: number): number {
  if (scale[i] === 0) return -1;
  const result = (value - offset[i]) / scale[i];
  return clip ? Math.min(Math.max(result, -1), 1) : result;
}
