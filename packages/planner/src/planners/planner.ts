import type { PlannerContext } from '../context/context.ts';
import type { Catalogue } from '../skills/catalogue.ts';

/** A plan that was rejected, with the reasons: it goes back to the planner. */
export interface RejectedPlan {
  readonly plan: unknown;
  readonly reasons: readonly string[];
}

/** What one answer of a planner took. */
export interface PlanCost {
  /** Time until the plan was there (s, measured). */
  readonly seconds: number;
  readonly promptTokens?: number;
  readonly answerTokens?: number;
  /** In the currency of the endpoint's price list, when one is set. */
  readonly money?: number;
}

/** What a planner is asked. */
export interface PlanRequest {
  /** The operator's words. After a question of the planner: the request, the question and the answer. */
  readonly request: string;
  /** The operator's sentences in the request, without the planner's questions. Default: the request. */
  readonly said?: readonly string[];
  readonly context: PlannerContext;
  readonly catalogue: Catalogue;
  /** Earlier answers to this request that were rejected, oldest first. */
  readonly rejected?: readonly RejectedPlan[];
  /** Ends the planning. */
  readonly signal?: AbortSignal;
}

/** Port: turns a request into a plan, which is data. A planner never moves anything. */
export interface Planner {
  /** Name for reports, such as `rules` or the model's. */
  readonly name: string;
  /**
   * True for a planner that plans what is left, given the history of the context. For any other one, the execution goes on with the rest of
   * a plan whose step failed, while that passes the check. Default: false.
   */
  readonly readsHistory?: boolean;
  /**
   * True for a planner that is a model, whose plan may act on what nobody asked for: things, places and quantities of its plans must be ones that
   * the operator's words name or can mean. Default: false.
   */
  readonly isModel?: boolean;
  /**
   * @returns what the planner answered, unchecked: `checkPlan` decides
   * @throws {PlannerError} when it has no answer: endpoint down, time-out, no JSON
   */
  plan(request: PlanRequest): Promise<{ readonly plan: unknown; readonly cost: PlanCost }>;
  /** Does what the first plan would wait for, such as tables; a robot calls it before it takes requests. Default: nothing. */
  prepare?(catalogue: Catalogue): Promise<void>;
  close?(): Promise<void>;
}
