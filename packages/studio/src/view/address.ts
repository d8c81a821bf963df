import { InputError } from '@praxis/core';
import { MAX_SEED } from '@praxis/sim/seeds';

/** Path of the policy that comes with Praxis. */
export const DEFAULT_MODEL = '/models/default';

/**
 * The address of the policy folder that `?model=` names, without a trailing slash.
 * @param given value of `?model=`; empty or null selects {@link DEFAULT_MODEL}
 * @param page address of the page
 * @throws {InputError} when the folder lies on another origin: the page connects only to its own server.
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

/** The seed in a text field. @throws {InputError} unless it is a whole number from 0 to `MAX_SEED`. */
export function seedFrom(text: string): number {
  const seed = Number(text);
  if (/^\d+$/.test(text.trim()) && seed <= MAX_SEED) return seed;
  throw new InputError(`seed ${text.trim() || '(empty)'}: expected a whole number from 0 to ${MAX_SEED}`);
}
