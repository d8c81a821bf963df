import { InputError } from '@praxis/core';
import { MAX_SEED } from '@praxis/sim/seeds';

/** A whole number in a range. @throws {InputError} naming the option, the value and the range. */
export function wholeNumber(option: string, text: string, lowest: number, highest: number): number {
  const value = Number(text);
  if (/^[+-]?\d+$/.test(text.trim()) && value >= lowest && value <= highest) return value;
  throw new InputError(`${option} ${text}: expected a whole number from ${lowest} to ${highest}`);
}

/** A number in a range. @throws {InputError} naming the option, the value and the range. */
export function numberIn(option: string, text: string, lowest: number, highest: number): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= lowest && value <= highest) return value;
  throw new InputError(`${option} ${text}: expected a number from ${lowest} to ${highest}`);
}

/**
 * Seeds `first` .. `first + count - 1`.
 * @throws {InputError} when either is not a whole number or a seed falls outside 0 .. 2^31 - 1.
 */
export function seedRange(first: string, count: string): readonly number[] {
  const start = wholeNumber('--seed', first, 0, MAX_SEED);
  const episodes = wholeNumber('--episodes', count, 1, 1_000_000);
  if (start + episodes - 1 > MAX_SEED) {
    throw new InputError(`--seed ${first} with --episodes ${count}: the last seed would be above ${MAX_SEED}`);
  }
  return Array.from({ length: episodes }, (_, i) => start + i);
}

/** `a,b` as names, each of them known, none twice; `all` for every one. @throws {InputError} naming the known ones. */
export function namesFrom(option: string, text: string, known: readonly string[]): readonly string[] {
  if (text === 'all') return known;
  const names = text.split(',').map((name) => name.trim());
  for (const name of names) {
    if (!known.includes(name)) throw new InputError(`${option} ${name}: unknown; known are ${known.join(', ')}`);
  }
  return [...new Set(names)];
}

/** Numbers separated by commas. @throws {InputError} when their count differs or one is not finite. */
export function numbersFrom(option: string, text: string, names: readonly string[]): readonly number[] {
  const parts = text.split(',');
  const values = parts.map(Number);
  if (values.length === names.length && parts.every((part, i) => part.trim() !== '' && Number.isFinite(values[i]))) {
    return values;
  }
  throw new InputError(`${option} ${text}: expected ${names.length} finite numbers ${names.join(',')}`);
}
