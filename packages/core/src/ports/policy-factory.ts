import { errorMessage, InputError, PolicyError } from '../errors/errors.ts';
import type { Policy } from './policy.ts';

/** A policy, or a function that makes one. Each process that runs the policy calls the function once. */
export type PolicyFactory = Policy | (() => Policy | Promise<Policy>);

/** True for an object with the methods of a `Policy`. */
export const isPolicy = (value: unknown): value is Policy =>
  typeof value === 'object' &&
  value !== null &&
  'spec' in value &&
  typeof (value as { infer?: unknown }).infer === 'function';

/**
 * Makes the policy of a user's module or configuration.
 * @param factory what the user gave; anything but a {@link PolicyFactory} is refused
 * @param label name of the module or of the policy, for messages
 * @throws {PolicyError} when the function fails; {InputError} when there is no policy
 */
export async function makePolicy(factory: unknown, label: string): Promise<Policy> {
  let policy = factory;
  if (typeof factory === 'function') {
    // A class is a function too, and calling it is an error that does not say what to write.
    if (/^class\b/.test(String(factory))) {
      throw new InputError(
        `${label}: is a class, expected a function that makes a policy: export default () => new MyPolicy()`,
      );
    }
    try {
      policy = await factory();
    } catch (cause) {
      throw new PolicyError(`${label}: ${errorMessage(cause)}`, { cause });
    }
  }
  if (isPolicy(policy)) return policy;
  throw new InputError(`${label}: expected a Policy as its default export, or a function that returns one`);
}
