import { InputError } from '@praxis/core';
import { MAX_SEED } from '@praxis/sim/seeds';

export const DEFAULT_MODEL = '/models/default';

/**
 * The folder that `?model=` names, without a slash at its end.
 * @throws {InputError} when it lies on another origin: the page talks to its own server only.
 */
export function modelAddress(given: string | null, page: string): string {
  const base = new URL(page);
  let url: URL;
  try {
    url = new URL(given || DEFAULT_MODEL, base);
  } catch {
    throw new InputError(`model ${given}: expected a path such as ${DEFAULT_MODEL}`);
  }
  if (url.origin !== base.origin) {
    throw new InputError(`model ${given}: expected a path on ${base.origin}, such as ${DEFAULT_MODEL}`);
  }
  return url.href.replace(/\/+$/, '');
}

/** @throws {InputError} naming the value and the range. */
export function seedFrom(text: string): number {
  const seed = Number(text);
  if (/^\d+$/.test(text.trim()) && seed <= MAX_SEED) return seed;
  throw new InputError(`seed ${text.trim() || '(empty)'}: expected a whole number from 0 to ${MAX_SEED}`);
}
