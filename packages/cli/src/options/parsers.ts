import { errorMessage, InputError } from '@praxis/core';
import { type Perturbations, parsePerturbations } from '@praxis/sim/perturbations';
import { MAX_SEED } from '@praxis/sim/seeds';
import { parseTouch, type TouchTiming } from '@praxis/sim/touch';

/** Parses the value of an option. Throws an {@link InputError} that names the option, the value and the expected form. */
type Parser<T> = (text: string) => T;

/** Parses a whole number in a range. */
export const wholeNumber =
  (option: string, lowest: number, highest: number): Parser<number> =>
  (text) => {
    const value = Number(text);
    if (/^[+-]?\d+$/.test(text.trim()) && value >= lowest && value <= highest) return value;
    throw new InputError(`${option} ${text}: expected a whole number from ${lowest} to ${highest}`);
  };

/** Parses a number in a range. */
export const numberIn =
  (option: string, lowest: number, highest: number): Parser<number> =>
  (text) => {
    const value = Number(text);
    if (text.trim() !== '' && value >= lowest && value <= highest) return value;
    throw new InputError(`${option} ${text}: expected a number from ${lowest} to ${highest}`);
  };

/** Sides of a picture that a command draws (pixels). */
const PICTURE_SIDE = [16, 4096] as const;

/** Parses `--size`: width and height of a picture (pixels), such as `640x480`. */
export const pictureSize: Parser<readonly [width: number, height: number]> = (text) => {
  const [width, height] = /^(\d+)x(\d+)$/.exec(text.trim())?.slice(1).map(Number) ?? [];
  const fits = (side: number) => side >= PICTURE_SIDE[0] && side <= PICTURE_SIDE[1];
  if (fits(width) && fits(height)) return [width, height];
  throw new InputError(`--size ${text}: expected WIDTHxHEIGHT such as 640x480, each from ${PICTURE_SIDE.join(' to ')}`);
};

/** Parses one of a few words. */
export const oneOf =
  <const T extends string>(option: string, words: readonly T[]): Parser<T> =>
  (text) => {
    const found = words.find((word) => word === text);
    if (found !== undefined) return found;
    throw new InputError(`${option} ${text}: expected ${words.join(' or ')}`);
  };

/** Parses numbers separated by commas, one for each name. */
export const numbers =
  (option: string, names: readonly string[]): Parser<readonly number[]> =>
  (text) => {
    const parts = text.split(',');
    const values = parts.map(Number);
    if (values.length === names.length && parts.every((part, i) => part.trim() !== '' && Number.isFinite(values[i]))) {
      return values;
    }
    throw new InputError(`${option} ${text}: expected ${names.length} finite numbers ${names.join(',')}`);
  };

/** Parses `--seed`, the first seed of a {@link seedRange}. */
export const seed = wholeNumber('--seed', 0, MAX_SEED);
/** Parses `--episodes`, the number of seeds of a {@link seedRange}. */
export const episodes = wholeNumber('--episodes', 1, 1_000_000);
/** Parses `--workers`, a number of processes. */
export const workers = wholeNumber('--workers', 1, 64);

/** Seeds `first` .. `first + count - 1`. @throws {InputError} when the last one is above 2^31 - 1 */
export function seedRange(first: number, count: number): readonly number[] {
  if (first + count - 1 > MAX_SEED) {
    throw new InputError(`--seed ${first} with --episodes ${count}: the last seed would be above ${MAX_SEED}`);
  }
  return Array.from({ length: count }, (_, i) => first + i);
}

/** Parses names separated by commas, without duplicates. */
export const list: Parser<readonly string[]> = (text) => [...new Set(text.split(',').map((name) => name.trim()))];

/** Collects the values of an option that may be given again. */
export const again = (value: string, previous: readonly string[] = []): readonly string[] => [...previous, value];

/** The option of a value's name: `--allow-origin` of `allowOrigin`. */
export const optionOf = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Parses `--perturb`: axes and their levels, separated by commas, such as `camera:1,light:2`. */
export const perturbations: Parser<Perturbations> = (text) => {
  try {
    return parsePerturbations(list(text));
  } catch (error) {
    throw new InputError(`--perturb: ${errorMessage(error)}`);
  }
};

/** Parses `--touch`: `delay:SECONDS` or `shuffled`. */
export const touch: Parser<TouchTiming> = (text) => {
  try {
    return parseTouch(text);
  } catch (error) {
    throw new InputError(`--${errorMessage(error)}`);
  }
};

/** Names from the command line. {@link knownNames} checks them once the known names are loaded. */
export type Names = readonly string[] | 'all';

/** Parses names separated by commas, without duplicates; `all` stands for every name. */
export const names: Parser<Names> = (text) => (text === 'all' ? text : list(text));

/** Resolves `all` and checks names. @throws {InputError} for an unknown name, with the known names */
export function knownNames(option: string, given: Names, known: readonly string[]): readonly string[] {
  if (given === 'all') return known;
  for (const name of given) {
    if (!known.includes(name)) throw new InputError(`${option} ${name}: unknown; known are ${known.join(', ')}`);
  }
  return given;
}

/** Checks a name. @throws {InputError} for an unknown name, with the known names */
export function knownName(option: string, given: string, known: readonly string[]): string {
  if (known.includes(given)) return given;
  throw new InputError(`${option} ${given}: expected one of ${known.join(', ')}`);
}

/** Formats the command line that repeats a command: the options with a value, in quotes where needed. */
export function commandLine(command: string, options: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name} ${/^[\w.,/-]+$/.test(`${value}`) ? value : JSON.stringify(value)}`],
  );
  return ['npx praxis', command, ...given].join(' ');
}
