/** Parses numbers with units. It is a separate entry point, because it loads mathjs. */

import { createUnitClass } from '#unit-class';
import { InputError } from '../errors/errors.ts';
import type { MathUnit } from './unit-class.ts';

/** Quantities that {@link parseQuantity} reads, each in its SI unit: m, rad, kg, s, N, N m, m/s, rad/s, m/s^2, Hz. */
export type Quantity =
  | 'length'
  | 'angle'
  | 'mass'
  | 'time'
  | 'force'
  | 'torque'
  | 'speed'
  | 'angular velocity'
  | 'acceleration'
  | 'frequency';

/** Measurable quantities: the powers of mathjs's base units, and the SI unit of the result. */
const QUANTITIES = {
  length: { unit: 'm', dimensions: { length: 1 } },
  angle: { unit: 'rad', dimensions: { angle: 1 } },
  mass: { unit: 'kg', dimensions: { mass: 1 } },
  time: { unit: 's', dimensions: { time: 1 } },
  force: { unit: 'N', dimensions: { mass: 1, length: 1, time: -2 } },
  torque: { unit: 'N m', dimensions: { mass: 1, length: 2, time: -2 } },
  speed: { unit: 'm/s', dimensions: { length: 1, time: -1 } },
  'angular velocity': { unit: 'rad/s', dimensions: { angle: 1, time: -1 } },
  acceleration: { unit: 'm/s^2', dimensions: { length: 1, time: -2 } },
  frequency: { unit: 'Hz', dimensions: { time: -1 } },
} as const satisfies Record<Quantity, { unit: string; dimensions: Readonly<Record<string, number>> }>;

const BASE_DIMENSIONS = ['mass', 'length', 'time', 'current', 'temperature', 'light', 'amount', 'angle', 'bit'];

/** Integer power by multiplication: `**` differs in the last bit between engines. */
function power(base: number, exponent: number): number {
  if (!Number.isInteger(exponent)) return Number.NaN;
  let product = 1;
  for (let i = 0; i < Math.abs(exponent); i++) product *= base;
  return exponent < 0 ? 1 / product : product;
}

// mathjs's units on plain numbers add 44 kB to a browser bundle; with mathjs's own arithmetic they would add 230 kB.
const Unit = createUnitClass({
  config: { number: 'number', predictable: false },
  addScalar: (a: number, b: number) => a + b,
  subtractScalar: (a: number, b: number) => a - b,
  multiplyScalar: (a: number, b: number) => a * b,
  divideScalar: (a: number, b: number) => a / b,
  pow: power,
  abs: Math.abs,
  fix: Math.trunc,
  round: Math.round,
  equal: (a: number, b: number) => a === b,
  isNumeric: (value: unknown) => typeof value === 'number',
  format: String,
  number: Number,
  Complex: class {},
  BigNumber: class {},
  Fraction: class {},
});

/** Spellings that mathjs does not know. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/metre/g, 'meter'],
  [/newtons\b/g, 'newton'],
  [/\bNm\b/g, 'N m'],
  [/°/g, ' deg'],
];

const isNumber = (text: string): boolean => /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text);

function parsed(text: string): MathUnit | undefined {
  try {
    return Unit.parse(SPELLINGS.reduce((result, [from, to]) => result.replace(from, to), text)).toSI();
  } catch {
    return undefined;
  }
}

/**
 * Parses a number with its unit and converts it to SI.
 *
 * @example
 * parseQuantity('5 cm', 'length'); // 0.05
 * parseQuantity('30 degrees', 'angle'); // 0.5235987755982988
 *
 * @param bare treatment of a number without a unit: `refused`, or taken as `si`
 * @throws {InputError} when the text is not a finite number with a unit, or the unit measures another quantity.
 */
export function parseQuantity(text: string, quantity: Quantity, bare: 'refused' | 'si' = 'refused'): number {
  const { unit, dimensions } = QUANTITIES[quantity];
  const trimmed = text.trim();
  const refuse = (why: string) =>
    new InputError(`"${trimmed}": ${why}expected ${articleOf(quantity)} such as "5 ${unit}"`);
  if (isNumber(trimmed)) {
    const value = Number(trimmed);
    if (bare === 'si' && Number.isFinite(value)) return value;
    throw refuse(bare === 'si' ? 'not finite, ' : 'has no unit, ');
  }
  const result = parsed(trimmed);
  if (!result || result.value === null || !Number.isFinite(result.value)) {
    throw refuse('not a finite number with a unit, ');
  }
  const fits = BASE_DIMENSIONS.every(
    (base, i) => result.dimensions[i] === ((dimensions as Record<string, number>)[base] ?? 0),
  );
  if (!fits) throw refuse('measures something else, ');
  return result.value;
}

const articleOf = (quantity: string): string => `${/^[aeiou]/.test(quantity) ? 'an' : 'a'} ${quantity}`;

/** The value of one mathjs `unit` in SI: `inch` is 0.0254 (m), `deg` 0.0174... (rad). The unit must exist in mathjs. */
export const inSi = (unit: string): number => Unit.parse(`1 ${unit}`).toSI().value!;

/** A full turn (rad). */
export const FULL_TURN_RAD = inSi('cycle');
