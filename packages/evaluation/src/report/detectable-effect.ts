import { Z95 } from './statistics.ts';

/** Standard normal quantile of power 0.8. */
const Z_POWER = 0.8416212335729143;

/** Halvings of an interval of 0..1: its end is then exact to the last bit that counts. */
const HALVINGS = 60;

/** Finds where a condition of 0..1 begins to hold; null when it does not hold at `high`. */
function leastThat(holds: (value: number) => boolean, high: number): number | null {
  if (!holds(high)) return null;
  let [below, above] = [0, high];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (below + above) / 2;
    if (holds(middle)) above = middle;
    else below = middle;
  }
  return above;
}

/**
 * Computes the smallest difference of two paired success rates that McNemar's test at 5 % finds with power 0.8, after Connor, "Sample size
 * for testing differences in proportions for the paired-sample design", Biometrics 43 (1987), 207-211: `n = (z_a √ψ + z_b √(ψ - δ²))² / δ²`
 * with `z_a` 1.960 and `z_b` 0.842.
 * @param n number of pairs
 * @param discordance ψ, the share of the pairs in which only one arm succeeds, 0..1. It is at least δ; a smaller one is raised to it.
 * @returns the difference δ, 0..1; null when so few pairs find none
 */
export function detectablePairedDifference(n: number, discordance: number): number | null {
  return leastThat((delta) => {
    const psi = Math.max(delta, discordance);
    const root = Z95 * Math.sqrt(psi) + Z_POWER * Math.sqrt(psi - delta * delta);
    return n * delta * delta >= root * root;
  }, 1);
}

/**
 * Computes how far another success rate has to lie below a measured one for a two-sided test at 5 % to find the difference with power 0.8,
 * with as many other episodes: `h = (z_a + z_b) √(2 / n)` in Cohen's `h = 2 asin √p1 - 2 asin √p2` (Cohen, Statistical Power Analysis for
 * the Behavioral Sciences, 2nd ed. 1988, chapter 6).
 * @param n number of episodes of each of the two
 * @param rate the measured rate, 0..1
 * @returns the difference, 0..1; null when even a rate of 0 would not be found
 */
export function detectableDrop(n: number, rate: number): number | null {
  if (n === 0) return null;
  const angle = 2 * Math.asin(Math.sqrt(rate)) - (Z95 + Z_POWER) * Math.sqrt(2 / n);
  return angle < 0 ? null : rate - Math.sin(angle / 2) ** 2;
}
