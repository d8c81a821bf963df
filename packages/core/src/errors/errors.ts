import { brand, isInstance } from './brand.ts';

/**
 * Base class of every error that Praxis throws on purpose. The message is one line: subject, value, expected value. `instanceof`
 * holds for this class and those below across copies of this package in one process.
 */
export class PraxisError extends Error {
  override readonly name: string = 'PraxisError';

  /** Decides `instanceof` by the brand of the class. @param value any value */
  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: `this` is the class on the right of `instanceof`, which may be a subclass
    return isInstance(this, value);
  }
}

/** A robot has no stream of the requested name. */
export class UnknownStreamError extends PraxisError {
  override readonly name = 'UnknownStreamError';
}

/** A robot refused a command. */
export class CommandError extends PraxisError {
  override readonly name = 'CommandError';
}

/** A policy and a robot do not match. */
export class BindError extends PraxisError {
  override readonly name = 'BindError';
}

/** A policy failed to load or to run. */
export class PolicyError extends PraxisError {
  override readonly name = 'PolicyError';
}

/** A value from outside (file, argument, message) failed a check. */
export class InputError extends PraxisError {
  override readonly name = 'InputError';
}

for (const [name, type] of Object.entries({
  PraxisError,
  UnknownStreamError,
  CommandError,
  BindError,
  PolicyError,
  InputError,
})) {
  brand(type, name);
}

/** The message of a thrown value, which may be any type. */
export const errorMessage = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/** The first line of {@link errorMessage}, without a colon that announces the next one; libraries may write many lines. */
export const firstLine = (thrown: unknown): string => errorMessage(thrown).split('\n')[0].replace(/:$/, '');
