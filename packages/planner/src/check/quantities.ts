import type { PlanStep } from '../plan/plan.ts';

/** What a quantity measures. */
export type Dimension = 'distance' | 'angle' | 'time';

/** Units by the words for them: dimension and size in SI units. */
const UNITS: ReadonlyMap<string, readonly [Dimension, number]> = new Map(
  (
    [
      ['distance', 1, 'm meter meters'],
      ['distance', 0.1, 'decimeter decimeters dm'],
      ['distance', 0.01, 'cm centimeter centimeters'],
      ['distance', 0.001, 'mm millimeter millimeters'],
      ['angle', Math.PI / 180, 'degree degrees'],
      ['angle', 1, 'rad radian radians'],
      ['time', 1, 's second seconds sec secs'],
      ['time', 60, 'minute minutes min'],
    ] as const
  ).flatMap(([dimension, size, words]) => words.split(' ').map((word) => [word, [dimension, size] as const] as const)),
);

const NUMBER_WORDS: ReadonlyMap<string, number> = new Map([
  ...'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
    .split(' ')
    .map((word, i) => [word, i + 1] as const),
  ...'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ').map((word, i) => [word, 20 + 10 * i] as const),
]);

/** The quantities that a request states (m, rad, s), by what they measure. */
export type Quantities = Readonly<Record<Dimension, readonly number[]>>;

/**
 * Reads the numbers before the units of a request. A dimension of which one number is in no simple form ("one and a half metres") has none, so that
 * nothing is compared with it.
 * @param words of `wordsIn`
 */
export function quantitiesIn(words: readonly string[]): Quantities {
  const found: Record<Dimension, number[]> = { distance: [], angle: [], time: [] };
  const unread = new Set<Dimension>();
  for (const [i, word] of words.entries()) {
    const unit = UNITS.get(word);
    if (!unit || i === 0) continue;
    const [dimension, size] = unit;
    const number = numberBefore(words, i);
    if (number === undefined) unread.add(dimension);
    else found[dimension].push(number * size);
  }
  for (const dimension of unread) found[dimension] = [];
  return found;
}

/** The number that ends before a word: digits, or at most a ten and a one. */
function numberBefore(words: readonly string[], end: number): number | undefined {
  const last = words[end - 1];
  const before = words[end - 2] ?? '';
  if (/^\d+(\.\d+)?$/.test(last)) return Number(last);
  const value = NUMBER_WORDS.get(last);
  if (value === undefined || before === 'point' || before === 'hundred' || before === 'and') return undefined;
  const tens = NUMBER_WORDS.get(before);
  return tens !== undefined && tens >= 20 && value < 10 ? tens + value : value;
}

/** Magnitude of the motion or the wait of a step (SI units). */
export function stepQuantity({
  skill,
  arguments: { distance, angle, seconds },
}: PlanStep): { readonly dimension: Dimension; readonly value: number } | undefined {
  const of = (dimension: Dimension, value: unknown) =>
    typeof value === 'number' ? { dimension, value: Math.abs(value) } : undefined;
  if (skill === 'move') return of('distance', distance);
  if (skill === 'rotate') return of('angle', angle);
  return skill === 'wait' ? of('time', seconds) : undefined;
}
