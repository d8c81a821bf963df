import { PraxisError } from '@praxis/core';

/** A message that is not what its type says, or whose content cannot be used. */
export class MessageError extends PraxisError {
  override readonly name = 'MessageError';
}
