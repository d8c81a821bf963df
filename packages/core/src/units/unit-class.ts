// @ts-expect-error mathjs exports this function, but its typings do not declare it
import { createUnitClass as create } from 'mathjs';

/** The used part of mathjs's Unit. */
export interface MathUnit {
  readonly value: number | null;
  /** Powers of mass, length, time, current, temperature, luminous intensity, amount, angle, bit. */
  readonly dimensions: readonly number[];
  toSI(): MathUnit;
}

/** Makes mathjs's class of units from the arithmetic that it shall use. */
export type CreateUnitClass = (arithmetic: object) => { parse(text: string): MathUnit };

/** Bundlers for browsers keep only this part of mathjs. `unit-class.node.ts` takes its place in Node, which does not bundle. */
export const createUnitClass: CreateUnitClass = create;
