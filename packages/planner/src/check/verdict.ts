import type { Plan } from '../plan/plan.ts';
import type { Capability } from '../skills/skill.ts';

/**
 * What is wrong with a plan. `schema`: no plan at all, or fields that it does not have. `length`: too many steps. `skill`: the catalogue has no such
 * skill. `arguments`: missing, of another type, or out of bounds. `unknown_thing`, `unknown_place`: the context has no such name.
 * `condition`: cannot be decided when the step begins. `precondition`: a step cannot run in the context as it is; `order`: it cannot run after
 * the steps before it. `capability`: the cell lacks a part that the step needs, or another command has it. `region`: a target in a forbidden region or
 * outside the workspace. `money`: the planner has cost more than it may. `not_asked`: the request neither names nor can mean what the step acts on
 * (`proposePlan` finds it, which knows the request).
 */
export type PlanFaultKind =
  | 'schema'
  | 'length'
  | 'skill'
  | 'arguments'
  | 'unknown_thing'
  | 'unknown_place'
  | 'condition'
  | 'precondition'
  | 'order'
  | 'capability'
  | 'region'
  | 'money'
  | 'not_asked';

/** One fault of a plan. */
export interface PlanFault {
  /** Number of the step, from 1; undefined for the plan as a whole. */
  readonly step?: number;
  readonly kind: PlanFaultKind;
  /** One line that names the step, the thing or value, and what was expected. */
  readonly message: string;
}

/** Result of a check: a plan that may run, with the sentences that a person must say yes to first, or the faults. */
export type PlanVerdict =
  | { readonly accepted: true; readonly plan: Plan; readonly readBack: readonly string[] }
  | { readonly accepted: false; readonly faults: readonly PlanFault[] };

/** What a check takes into account beside the catalogue and the context. */
export interface PlanCheckOptions {
  /** What the planner has cost so far and may cost, in one currency. Default: no limit. */
  readonly money?: { readonly spent: number; readonly limit: number };
  /** Capabilities that another command holds. Default: none. */
  readonly busy?: readonly Capability[];
}
