import { InputError } from '@praxis/core';
import type { WordingSet } from './task.ts';

/** Highest seed: a 32-bit signed integer that is not negative. */
export const MAX_SEED = 2 ** 31 - 1;

/** Seeds below are for training. Seeds are split by use and never mixed: each range has wordings of its own. */
export const FIRST_VALIDATION_SEED = 1_000_000;
/** From here on seeds are for results that are reported; from {@link FIRST_VALIDATION_SEED} up to here, for choosing between models. */
export const FIRST_REPORT_SEED = 2_000_000;

/** The wordings of a seed's range. */
export function wordingsOf(seed: number): WordingSet {
  if (seed >= FIRST_REPORT_SEED) return 'report';
  return seed >= FIRST_VALIDATION_SEED ? 'validation' : 'train';
}

/** @throws {InputError} naming the value and the range. */
export function checkSeed(seed: number): void {
  if (Number.isInteger(seed) && seed >= 0 && seed <= MAX_SEED) return;
  throw new InputError(`seed ${seed}: expected a whole number from 0 to ${MAX_SEED}`);
}
