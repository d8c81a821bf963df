import { InputError } from '@praxis/core';

/** Reads one thing out of parsed JSON. `where` names it in errors. */
export type Reader<T> = (value: unknown, where: string) => T;

const shown = (value: unknown): string => (value === undefined ? 'absent' : JSON.stringify(value));

const wrong = (where: string, value: unknown, expected: string): InputError =>
  new InputError(`${where}: is ${shown(value)}, expected ${expected}`);

/** A finite number in a range. */
export const number =
  (expected: string, allowed: (value: number) => boolean = () => true): Reader<number> =>
  (value, where) => {
    if (typeof value === 'number' && Number.isFinite(value) && allowed(value)) return value;
    throw wrong(where, value, expected);
  };

export const finite = number('a number');
export const positive = number('a number above 0', (value) => value > 0);
export const atLeastZero = number('a number from 0 on', (value) => value >= 0);
export const share = number('a number above 0 and at most 1', (value) => value > 0 && value <= 1);

export const text: Reader<string> = (value, where) => {
  if (typeof value === 'string') return value;
  throw wrong(where, value, 'text');
};

export const oneOf =
  <T extends string>(...words: readonly T[]): Reader<T> =>
  (value, where) => {
    const known = words.find((each) => each === value);
    if (known !== undefined) return known;
    throw wrong(where, value, words.map((each) => `"${each}"`).join(' or '));
  };

export const list =
  <T>(reader: Reader<T>): Reader<readonly T[]> =>
  (value, where) => {
    if (!Array.isArray(value)) throw wrong(where, value, 'a list');
    return value.map((each, i) => reader(each, `${where}[${i}]`));
  };

/** As many of the same as there are readers. */
export const numbers =
  <T extends readonly number[]>(count: T['length'], reader: Reader<number> = finite): Reader<T> =>
  (value, where) => {
    if (!Array.isArray(value) || value.length !== count) throw wrong(where, value, `${count} numbers`);
    return value.map((each, i) => reader(each, `${where}[${i}]`)) as unknown as T;
  };

/** An object with any names, all of whose values are alike. */
export const table =
  <T>(reader: Reader<T>): Reader<Readonly<Record<string, T>>> =>
  (value, where) => {
    const entries = Object.entries(plain(value, where));
    return Object.fromEntries(entries.map(([name, each]) => [name, reader(each, `${where}.${name}`)]));
  };

export const optional =
  <T>(reader: Reader<T>): Reader<T | undefined> =>
  (value, where) =>
    value === undefined ? undefined : reader(value, where);

export const nullable =
  <T>(reader: Reader<T>): Reader<T | null> =>
  (value, where) =>
    value === null ? null : reader(value, where);

/** One value for all, or a table of them by name. */
export const each =
  <T>(reader: Reader<T>): Reader<T | Readonly<Record<string, T>>> =>
  (value, where) =>
    typeof value === 'object' && value !== null ? table(reader)(value, where) : reader(value, where);

type Fields<T> = { readonly [K in keyof T]-?: Reader<T[K]> };

/** An object with these fields and no others: a misspelt limit is an error, not a limit that is off. */
export const object =
  <T>(fields: Fields<T>): Reader<T> =>
  (value, where) => {
    const given = plain(value, where);
    const names = Object.keys(fields) as (keyof T & string)[];
    const unknown = Object.keys(given).find((name) => !names.includes(name as keyof T & string));
    if (unknown !== undefined) {
      throw new InputError(`${where}.${unknown}: is unknown, expected one of ${names.join(', ')}`);
    }
    const read = names.map((name) => [name, fields[name](given[name], `${where}.${name}`)] as const);
    return Object.fromEntries(read.filter(([, each]) => each !== undefined)) as T;
  };

function plain(value: unknown, where: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw wrong(where, value, 'an object');
}
