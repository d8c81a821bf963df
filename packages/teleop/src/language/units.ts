// @ts-expect-error mathjs exports it, its typings leave it out
import { createUnitClass } from 'mathjs';

interface MathUnit {
  toSI(): { readonly value: number };
}

// mathjs's units on plain numbers: with its own arithmetic they would weigh five times as much in the browser.
const Unit = (createUnitClass as unknown as (parts: object) => { parse(text: string): MathUnit })({
  config: { number: 'number', predictable: false },
  addScalar: (a: number, b: number) => a + b,
  subtractScalar: (a: number, b: number) => a - b,
  multiplyScalar: (a: number, b: number) => a * b,
  divideScalar: (a: number, b: number) => a / b,
  // mathjs raises to whole powers only for the units below.
  pow: (base: number, exponent: number) => Array.from({ length: exponent }, () => base).reduce((a, b) => a * b, 1),
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

/** One `unit` of mathjs in SI: `inch` is 0.0254 (m), `deg` 0.0174... (rad). */
export const inSi = (unit: string): number => Unit.parse(`1 ${unit}`).toSI().value;

/** How many to a whole turn. */
export const TURN = inSi('cycle');
