import type { Axis } from '../numbers/axes.ts';
import { type Normalisation, rowsOf, statisticsOf } from '../numbers/normalisation.ts';
import type { LinearMap } from '../numbers/units.ts';
import type { Inconsistency } from './fields.ts';

/** Axes that a tensor lacks, has twice, or whose `step` does not fit the number of steps. */
export function* axesInconsistencies(
  axes: readonly Axis[] | undefined,
  own: readonly Axis[],
  steps: number,
  field: string,
): Generator<Inconsistency> {
  if (!axes) return;
  const wanted: readonly Axis[] = steps > 1 ? ['step', ...own] : own;
  const missing = wanted.filter((axis) => !axes.includes(axis));
  const isTwice = axes.some((axis, i) => axes.indexOf(axis) !== i);
  if (missing.length > 0 || isTwice) {
    yield { field: `${field}.axes`, value: axes, expected: `${wanted.join(', ')} once each, in any order` };
  }
}

/** Statistics whose number of rows or elements does not fit, or whose low end is above the high one. */
export function* normalisationInconsistencies(
  normalisation: Normalisation,
  elements: number,
  rows: number,
  field: string,
): Generator<Inconsistency> {
  const statistics = statisticsOf(normalisation);
  for (const [key, values] of Object.entries(statistics)) {
    const given = rowsOf(values);
    if (given.length !== 1 && given.length !== rows) {
      yield { field: `${field}.${key}`, value: given.length, expected: `1 row, or ${rows}, one for each row` };
    }
    const wrong = given.find((row) => row.length !== elements && row.length !== 1);
    if (wrong) {
      const one = elements === 1 ? '1 number' : `${elements} numbers, or one for all`;
      yield { field: `${field}.${key}`, value: wrong, expected: one };
    }
  }
  const [low, high] = [statistics.min ?? statistics.low, statistics.max ?? statistics.high];
  if (!low || !high) return;
  const [lows, highs] = [rowsOf(low), rowsOf(high)];
  for (const [row, upper] of highs.entries()) {
    const lower = lows[row] ?? lows[0];
    const at = upper.findIndex((value, i) => value < (lower[i] ?? lower[0]));
    if (at < 0) continue;
    const key = statistics.max ? 'max' : 'high';
    yield { field: `${field}.${key}`, value: upper[at], expected: `at least ${lower[at] ?? lower[0]}` };
  }
}

/** A line through two points that are one. */
export function* mapInconsistencies(map: LinearMap | undefined, field: string): Generator<Inconsistency> {
  if (map && map.from[0] === map.from[1]) {
    yield { field: `${field}.map.from`, value: map.from, expected: 'two different numbers' };
  }
}
