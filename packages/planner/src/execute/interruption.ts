import { PraxisError } from '@praxis/core';

/** The reason that ends a step or the planning before its own end. */
export class Interruption extends PraxisError {
  override readonly name = 'Interruption';
  readonly kind: 'utterance' | 'cancel' | 'stop';

  /** @param message new request of an operator, reason of a cancellation, or cause of a stop */
  constructor(kind: Interruption['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}
