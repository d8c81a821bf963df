import { PraxisError } from '@praxis/core';

/** A planner has no answer. The message is one line: endpoint or file, what came, what was expected. */
export class PlannerError extends PraxisError {
  override readonly name = 'PlannerError';
}
