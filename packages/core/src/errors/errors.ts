/** Base of every error that Praxis throws on purpose: one line that names the thing, the value and what was expected. */
export class PraxisError extends Error {
  override readonly name: string = 'PraxisError';
}

export class UnknownStreamError extends PraxisError {
  override readonly name = 'UnknownStreamError';
}

/** A command that a robot refused. */
export class CommandError extends PraxisError {
  override readonly name = 'CommandError';
}

/** A policy and a robot that do not fit each other. */
export class BindError extends PraxisError {
  override readonly name = 'BindError';
}

/** A policy that could not be loaded or run. */
export class PolicyError extends PraxisError {
  override readonly name = 'PolicyError';
}

/** A value from outside (file, argument, message) that failed a check. */
export class InputError extends PraxisError {
  override readonly name = 'InputError';
}

/** The message of whatever was thrown, which need not be an Error. */
export const errorMessage = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/** The first line of {@link errorMessage}: libraries write pages. */
export const firstLine = (thrown: unknown): string => errorMessage(thrown).split('\n')[0];
