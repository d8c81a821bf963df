import { PraxisError } from '@praxis/core';

/** A skill could not do what it should: the message says what was seen. */
export class SkillError extends PraxisError {
  override readonly name = 'SkillError';
}
