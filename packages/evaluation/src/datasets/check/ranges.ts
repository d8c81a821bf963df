import { type DatasetReader, elementCount, type FeatureStatistics } from '@praxis/wire/lerobot';

/** What is usual for one element of a feature over the whole dataset. */
export interface ElementRange {
  readonly min: number;
  readonly max: number;
  /** Median of the absolute steps from frame to frame that are not 0; 0 for an element that never moves. */
  readonly medianStep: number;
}

/** Steps that are looked at for the median; more change it little. */
const MAX_STEPS = 20_000;

/** Gathers the ranges of the elements of one feature over all episodes. */
export class RangeGatherer {
  readonly #size: number;
  readonly #steps: number[][];
  readonly #min: number[];
  readonly #max: number[];

  constructor(size: number) {
    this.#size = size;
    this.#steps = Array.from({ length: size }, () => []);
    this.#min = new Array(size).fill(Number.POSITIVE_INFINITY);
    this.#max = new Array(size).fill(Number.NEGATIVE_INFINITY);
  }

  /** Adds the rows of an episode. */
  add(rows: readonly ArrayLike<number>[]): void {
    for (const [k, row] of rows.entries()) {
      for (let i = 0; i < this.#size; i++) {
        if (!Number.isFinite(row[i])) continue;
        this.#min[i] = Math.min(this.#min[i], row[i]);
        this.#max[i] = Math.max(this.#max[i], row[i]);
        const step = k === 0 ? 0 : Math.abs(row[i] - rows[k - 1][i]);
        if (step > 0 && this.#steps[i].length < MAX_STEPS) this.#steps[i].push(step);
      }
    }
  }

  finish(): readonly ElementRange[] {
    return this.#steps.map((steps, i) => {
      steps.sort((a, b) => a - b);
      return { min: this.#min[i], max: this.#max[i], medianStep: steps[steps.length >> 1] ?? 0 };
    });
  }
}

/** Number of elements of a feature of numbers; 0 if the dataset lacks it. */
export const sizeOf = ({ info: { features } }: DatasetReader, name: string): number =>
  features[name] ? elementCount(features[name]) : 0;

/** True for pictures that all have one colour. */
export const isUniform = ({ min, max }: FeatureStatistics): boolean => min.every((least, i) => max[i] - least < 1e-6);
