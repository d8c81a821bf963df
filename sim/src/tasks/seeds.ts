import { InputError } from '@praxis/core';
import type { WordingSet } from '../wordings/wordings.ts';

/** Largest seed: the largest signed 32-bit integer. */
export const MAX_SEED = 2 ** 31 - 1;

/** First seed for choosing between models. Smaller seeds are for training. Each range has its own wordings. */
export const FIRST_VALIDATION_SEED = 1_000_000;
/** First seed for reported results. Seeds from here on must not influence training or the choice of a model. */
export const FIRST_REPORT_SEED = 2_000_000;

/** Returns the set of wordings for the range that contains the seed. */
export function wordingsOf(seed: number): WordingSet {
  if (seed >= FIRST_REPORT_SEED) return 'report';
  return seed >= FIRST_VALIDATION_SEED ? 'validation' : 'train';
}

/** Checks that a seed is an integer from 0 to {@link MAX_SEED}. @throws {InputError} with the value and the range */
export function checkSeed(seed: number): void {
  if (Number.isInteger(seed) && seed >= 0 && seed <= MAX_SEED) return;
  throw new InputError(`seed ${seed}: expected a whole number from 0 to ${MAX_SEED}`);
}
