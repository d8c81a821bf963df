import { PraxisError } from '../errors/errors.ts';

/** A robot that does not keep the port's promises. */
export class ConformanceError extends PraxisError {
  override readonly name = 'ConformanceError';
}

/** @throws {ConformanceError} with this message when the claim does not hold. */
export function assertHolds(holds: boolean, message: string): asserts holds {
  if (!holds) throw new ConformanceError(message);
}

/** @throws {ConformanceError} when `act` does not throw an error of this class name. */
export function assertThrows(act: () => unknown, errorName: string, what: string): void {
  try {
    act();
  } catch (error) {
    // By name: a user's robot may come with its own copy of this package.
    const name = error instanceof Error ? error.name : String(error);
    assertHolds(name === errorName, `${what}: threw ${name}, expected ${errorName}`);
    return;
  }
  assertHolds(false, `${what}: did not throw, expected ${errorName}`);
}
