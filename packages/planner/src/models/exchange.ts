import type { Observable } from 'rxjs';
import type { PlanCost, Planner } from '../planners/planner.ts';

/** One exchange with a model, as data that can be read: all that was sent, and what came back. It never contains a key. */
export interface PlannerExchange {
  /** Time of sending (ISO 8601, UTC). */
  readonly time: string;
  /** Address or file of the model. */
  readonly model: string;
  /** Number of the attempt, from 1. */
  readonly attempt: number;
  /** What was sent: the body of the request. */
  readonly sent: unknown;
  /** The answer's text and tool calls; undefined when none came. */
  readonly answer?: unknown;
  /** Why there is no answer, in one line. */
  readonly error?: string;
  readonly cost?: PlanCost;
}

/** A planner that asks a model and says what it sent. */
export interface ModelPlanner extends Planner {
  readonly isModel: true;
  /** Every exchange, when it has ended. */
  readonly exchanges$: Observable<PlannerExchange>;
}
