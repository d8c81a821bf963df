import { wilson95 } from './statistics.ts';

/** Counts of pairs of trials, the same seed in two arms: both succeeded, only the first, only the second, neither. */
export interface PairCounts {
  readonly both: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly neither: number;
}

/** Counts pairs by their outcomes. @param pairs successes of the first and of the second arm */
export function countPairs(pairs: readonly (readonly [boolean, boolean])[]): PairCounts {
  const count = (first: boolean, second: boolean): number =>
    pairs.filter(([a, b]) => a === first && b === second).length;
  return {
    both: count(true, true),
    onlyFirst: count(true, false),
    onlySecond: count(false, true),
    neither: count(false, false),
  };
}

export const pairsIn = ({ both, onlyFirst, onlySecond, neither }: PairCounts): number =>
  both + onlyFirst + onlySecond + neither;

/** Difference of two success rates of 0..1, the first less the second, with its 95 % interval within -1..1. */
export interface RateDifference {
  readonly difference: number;
  readonly interval95: readonly [number, number];
}

/**
 * Computes the difference of two paired proportions and its 95 % interval by method 10 of Newcombe, "Improved confidence intervals for
 * the difference between binomial proportions based on paired data", Statistics in Medicine 17 (1998), 2635-2650: Wilson intervals of
 * both rates, joined with the correlation of the pairs, whose estimate is corrected for continuity.
 * @returns null without pairs
 */
export function newcombePaired95(counts: PairCounts): RateDifference | null {
  const { both, onlyFirst, onlySecond } = counts;
  const n = pairsIn(counts);
  if (n === 0) return null;
  const [first, second] = [both + onlyFirst, both + onlySecond];
  const [p1, p2] = [first / n, second / n];
  const [l1, u1] = wilson95(first, n);
  const [l2, u2] = wilson95(second, n);
  const phi = correctedPhi(counts);
  const reach = (a: number, b: number): number => Math.sqrt(Math.max(0, a * a - 2 * phi * a * b + b * b));
  const difference = (onlyFirst - onlySecond) / n;
  const [low, high] = [difference - reach(p1 - l1, u2 - p2), difference + reach(u1 - p1, p2 - l2)];
  return { difference, interval95: [Math.max(-1, low), Math.min(1, high)] };
}

/** The correlation of the pairs, drawn towards 0 by n/2 of its cross product; 0 where an arm always or never succeeded. */
function correctedPhi({ both, onlyFirst, onlySecond, neither }: PairCounts): number {
  const margins = (both + onlyFirst) * (onlySecond + neither) * (both + onlySecond) * (onlyFirst + neither);
  if (margins === 0) return 0;
  const cross = both * neither - onlyFirst * onlySecond;
  const corrected = cross > 0 ? Math.max(0, cross - (both + onlyFirst + onlySecond + neither) / 2) : cross;
  return corrected / Math.sqrt(margins);
}

/**
 * Computes the two-sided p-value of McNemar's exact test that two arms succeed equally often: twice the smaller tail of the binomial
 * distribution with probability 1/2 over the pairs that differ (McNemar, Psychometrika 12 (1947), 153-157; the exact form in Fagerland,
 * Lydersen and Laake, BMC Medical Research Methodology 13 (2013), 91).
 * @returns 0..1; 1 when no pair differs
 */
export function mcNemarExact({ onlyFirst, onlySecond }: PairCounts): number {
  const [n, least] = [onlyFirst + onlySecond, Math.min(onlyFirst, onlySecond)];
  let logTerm = -n * Math.LN2;
  let tail = Math.exp(logTerm);
  for (let k = 1; k <= least; k++) {
    logTerm += Math.log((n - k + 1) / k);
    tail += Math.exp(logTerm);
  }
  return Math.min(1, 2 * tail);
}
