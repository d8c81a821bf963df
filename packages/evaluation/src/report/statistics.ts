/** Standard normal quantile of a two-sided 95 % interval. */
export const Z95 = 1.959963984540054;

/**
 * Computes the 95 % Wilson score interval of a success rate (Wilson 1927). Without trials it is `[0, 1]`.
 * @param successes 0 .. tried
 */
export function wilson95(successes: number, tried: number): readonly [number, number] {
  if (tried === 0) return [0, 1];
  const rate = successes / tried;
  const z2 = Z95 * Z95;
  const centre = (rate + z2 / (2 * tried)) / (1 + z2 / tried);
  const half = (Z95 / (1 + z2 / tried)) * Math.sqrt((rate * (1 - rate)) / tried + z2 / (4 * tried * tried));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}

/** Computes a quantile with linear interpolation between neighbours. @param q 0..1 @returns null without values */
export function quantile(values: ArrayLike<number>, q: number): number | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  const at = q * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (sorted[high] - sorted[low]) * (at - low);
}

/** Computes the arithmetic mean; null without values. */
export const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

/** Variance of the mean of values (their sample variance over their number); 0 for one value, of which nothing is known. */
function meanVariance(values: readonly number[], centre: number): number {
  if (values.length < 2) return 0;
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1) / values.length;
}

/** Computes the normal 95 % interval of a mean; null with fewer than two values. */
export function meanInterval95(values: readonly number[]): readonly [number, number] | null {
  const centre = mean(values);
  if (centre === null || values.length < 2) return null;
  const half = Z95 * Math.sqrt(meanVariance(values, centre));
  return [centre - half, centre + half];
}

/** A mean and its 95 % interval. */
export interface MeanWithInterval {
  readonly mean: number;
  readonly interval95: readonly [number, number];
}

/**
 * Computes the mean of the means of strata, which all count the same, and its normal 95 % interval (Cochran 1977, Sampling Techniques, chapter 5).
 * @param strata one or more, each with a value or more
 */
export function stratifiedMean95(strata: readonly (readonly number[])[]): MeanWithInterval {
  const means = strata.map((values) => mean(values)!);
  const variance = strata.reduce((sum, values, i) => sum + meanVariance(values, means[i]), 0);
  const [centre, half] = [mean(means)!, (Z95 * Math.sqrt(variance)) / strata.length];
  return { mean: centre, interval95: [centre - half, centre + half] };
}

/** Finds the largest value; null without values. */
export const maximum = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((a, b) => Math.max(a, b), -Infinity);

/** Counts names, in alphabetical order. */
export function countByName(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of [...names].sort()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
