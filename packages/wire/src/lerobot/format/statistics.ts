/** Quantiles that LeRobot keeps, by their names. */
const QUANTILES = { q01: 0.01, q10: 0.1, q50: 0.5, q90: 0.9, q99: 0.99 } as const;
type Quantile = keyof typeof QUANTILES;
const QUANTILE_NAMES = Object.keys(QUANTILES) as readonly Quantile[];

/** Names of the statistics of a feature, in the order of the tables. */
export const STATISTIC_NAMES = ['min', 'max', 'mean', 'std', 'count', ...QUANTILE_NAMES] as const;

/**
 * Statistics of one feature over the frames of an episode or a dataset, by element, or by channel for pictures (0..1). The standard
 * deviation is that of the population; `q01` to `q99` are quantiles.
 */
export interface FeatureStatistics {
  readonly min: readonly number[];
  readonly max: readonly number[];
  readonly mean: readonly number[];
  readonly std: readonly number[];
  readonly q01: readonly number[];
  readonly q10: readonly number[];
  readonly q50: readonly number[];
  readonly q90: readonly number[];
  readonly q99: readonly number[];
  /** Number of frames. */
  readonly count: number;
}

/** Statistics by the name of the feature. */
export type DatasetStatistics = Readonly<Record<string, FeatureStatistics>>;

/**
 * Statistics of numbers. Quantiles are exact with linear interpolation; LeRobot's own come from histograms of 5,000 bins.
 * @param rows one row of `size` numbers for each frame, at least one
 */
export function vectorStatistics(rows: readonly ArrayLike<number>[], size: number): FeatureStatistics {
  const columns = Array.from({ length: size }, (_, i) => Float64Array.from(rows, (row) => Number(row[i])).sort());
  const means = columns.map((column) => column.reduce((sum, value) => sum + value, 0) / column.length);
  return {
    min: columns.map((column) => column[0]),
    max: columns.map((column) => column[column.length - 1]),
    mean: means,
    std: columns.map((column, i) =>
      Math.sqrt(column.reduce((sum, value) => sum + (value - means[i]) ** 2, 0) / column.length),
    ),
    ...quantiles((q) => columns.map((column) => sortedQuantile(column, q))),
    count: rows.length,
  };
}

const quantiles = (of: (q: number) => readonly number[]): Record<Quantile, readonly number[]> =>
  Object.fromEntries(QUANTILE_NAMES.map((name) => [name, of(QUANTILES[name])])) as Record<Quantile, readonly number[]>;

function sortedQuantile(sorted: Float64Array, q: number): number {
  const at = q * (sorted.length - 1);
  const below = Math.floor(at);
  const next = sorted[Math.min(below + 1, sorted.length - 1)];
  return sorted[below] + (at - below) * (next - sorted[below]);
}

const LEVELS = 256;

/** Gathers the statistics of the pictures of one camera by channel, over all their pixels. */
export class ImageStatistics {
  readonly #channels: number;
  readonly #histograms: readonly Float64Array[];
  #count = 0;

  /** @param channels number of channels of a picture */
  constructor(channels = 3) {
    this.#channels = channels;
    this.#histograms = Array.from({ length: channels }, () => new Float64Array(LEVELS));
  }

  /** Adds a picture. @param pixels height x width x channels bytes */
  add(pixels: Uint8Array): void {
    for (let c = 0; c < this.#channels; c++) {
      const histogram = this.#histograms[c];
      for (let i = c; i < pixels.length; i += this.#channels) histogram[pixels[i]]++;
    }
    this.#count++;
  }

  /** The statistics of the pictures, in 0..1; the count is that of pictures. */
  finish(): FeatureStatistics {
    const each = this.#histograms.map(histogramStatistics);
    return {
      min: each.map(({ min }) => min),
      max: each.map(({ max }) => max),
      mean: each.map(({ mean }) => mean),
      std: each.map(({ std }) => std),
      ...quantiles((q) => this.#histograms.map((histogram) => histogramQuantile(histogram, q))),
      count: this.#count,
    };
  }
}

const highest = LEVELS - 1;

function histogramStatistics(histogram: Float64Array) {
  const total = histogram.reduce((sum, n) => sum + n, 0);
  const mean = histogram.reduce((sum, n, level) => sum + n * level, 0) / total;
  const variance = histogram.reduce((sum, n, level) => sum + n * (level - mean) ** 2, 0) / total;
  return {
    min: histogram.findIndex((n) => n > 0) / highest,
    max: histogram.findLastIndex((n) => n > 0) / highest,
    mean: mean / highest,
    std: Math.sqrt(variance) / highest,
  };
}

function histogramQuantile(histogram: Float64Array, q: number): number {
  const total = histogram.reduce((sum, n) => sum + n, 0);
  let below = 0;
  for (let level = 0; level < LEVELS; level++) {
    below += histogram[level];
    if (below > q * (total - 1)) return level / highest;
  }
  return 1;
}

/**
 * Joins statistics as LeRobot does: means and variances weighted by counts, quantiles as weighted means.
 * @param parts at least one, all of the same size
 */
export function joinStatistics(parts: readonly FeatureStatistics[]): FeatureStatistics {
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const elements = parts[0].mean.map((_, i) => i);
  const weighted = (of: (part: FeatureStatistics) => readonly number[]): readonly number[] =>
    elements.map((i) => parts.reduce((sum, part) => sum + of(part)[i] * part.count, 0) / count);
  const mean = weighted((part) => part.mean);
  return {
    min: elements.map((i) => parts.reduce((least, part) => Math.min(least, part.min[i]), Number.POSITIVE_INFINITY)),
    max: elements.map((i) => parts.reduce((most, part) => Math.max(most, part.max[i]), Number.NEGATIVE_INFINITY)),
    mean,
    std: weighted((part) => part.std.map((std, i) => std ** 2 + (part.mean[i] - mean[i]) ** 2)).map(Math.sqrt),
    ...(Object.fromEntries(QUANTILE_NAMES.map((name) => [name, weighted((part) => part[name])])) as Record<
      Quantile,
      readonly number[]
    >),
    count,
  };
}

/** Joins the statistics of episodes, feature by feature. */
export function joinAllStatistics(parts: readonly DatasetStatistics[]): DatasetStatistics {
  const names = new Set(parts.flatMap((part) => Object.keys(part)));
  return Object.fromEntries(
    [...names].map((name) => [name, joinStatistics(parts.flatMap((part) => part[name] ?? []))]),
  );
}
