import { PraxisError } from '../errors/errors.ts';

/**
 * A robot violates the contract of the `Robot` port. The message names the stream or command, the value and the
 * expected one.
 */
export class ConformanceError extends PraxisError {
  override readonly name = 'ConformanceError';
}

/**
 * Checks one claim of a conformance test.
 * @throws {ConformanceError} with `message` when the claim does not hold.
 */
export function assertHolds(holds: boolean, message: string): asserts holds {
  if (!holds) throw new ConformanceError(message);
}

/**
 * Checks that a call is refused.
 * @param errorName expected `name` of the error
 * @param what describes the call in the message
 * @throws {ConformanceError} when `act` throws nothing or another error.
 */
export function assertThrows(act: () => unknown, errorName: string, what: string): void {
  try {
    act();
  } catch (error) {
    // The name is compared, not the class: a user's robot may bring its own copy of this package.
    const name = error instanceof Error ? error.name : String(error);
    assertHolds(name === errorName, `${what}: threw ${name}, expected ${errorName}`);
    return;
  }
  assertHolds(false, `${what}: did not throw, expected ${errorName}`);
}
