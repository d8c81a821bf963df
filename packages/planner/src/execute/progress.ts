import type { StepRecord } from '../context/context.ts';
import type { Plan, PlanStep } from '../plan/plan.ts';
import type { PlanCost, RejectedPlan } from '../planners/planner.ts';

/**
 * How an execution ended. `done`: every step that applied ended well. `failed`: a step failed, or the planner had no answer, and no more tries
 * were left. `refused`: the planner refused the request. `unanswered`: a question or a read-back got no answer, or a no. `stopped`: by
 * the supervisor. `cancelled`: by an operator.
 */
export type PlanEnd = 'done' | 'failed' | 'refused' | 'unanswered' | 'stopped' | 'cancelled';

/** The result of an execution. */
export interface PlanResult {
  readonly end: PlanEnd;
  /** Spoken summary. */
  readonly summary: string;
  /** Steps that ended, oldest first. */
  readonly history: readonly StepRecord[];
  /** Plans that were accepted, oldest first. */
  readonly plans: readonly Plan[];
  /** Plans that were rejected, oldest first. */
  readonly rejected: readonly RejectedPlan[];
  /** Number of plans that replaced one whose step failed. */
  readonly replans: number;
  /** Number of times that an operator interrupted. */
  readonly interruptions: number;
  /** Sum over all answers of the planner. */
  readonly cost: PlanCost;
  /** Duration on the robot's clock (s). */
  readonly seconds: number;
}

/** What happens in an execution, in order. Times are in s, on the robot's clock. */
export type PlanProgress = { readonly time: number } & (
  | {
      readonly kind: 'planned';
      readonly plan: Plan;
      readonly rejected: readonly RejectedPlan[];
      readonly cost: PlanCost;
    }
  /** A person must say yes before anything moves. */
  | { readonly kind: 'read_back'; readonly text: string }
  /** A person is asked; the answer is data of the next plan. */
  | { readonly kind: 'question'; readonly text: string }
  | { readonly kind: 'step_started'; readonly index: number; readonly step: PlanStep; readonly text: string }
  | { readonly kind: 'step_ended'; readonly index: number; readonly record: StepRecord; readonly seconds: number }
  | { readonly kind: 'replanning'; readonly reason: string }
  | { readonly kind: 'interrupted'; readonly text: string }
  | { readonly kind: 'say'; readonly text: string }
  | { readonly kind: 'ended'; readonly result: PlanResult }
);
