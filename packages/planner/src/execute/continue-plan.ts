import { checkPlan } from '../check/check-plan.ts';
import type { PlannerContext } from '../context/context.ts';
import type { StepPlan } from '../plan/plan.ts';
import type { Catalogue } from '../skills/catalogue.ts';

/** Number of steps before the failed one that may be repeated: a thing that was lost on its way is taken again. */
const MAX_STEPS_BACK = 2;

/**
 * The rest of a plan whose step failed: from that step on, or from up to two steps before it.
 * @param failed index of the step that failed
 * @returns the longest rest that passes the check in the present context; undefined when none does
 */
export function continuePlan(
  plan: StepPlan,
  failed: number,
  context: PlannerContext,
  catalogue: Catalogue,
): StepPlan | undefined {
  for (let from = failed; from >= Math.max(0, failed - MAX_STEPS_BACK); from--) {
    const rest = { ...plan, steps: plan.steps.slice(from) };
    if (checkPlan(rest, catalogue, context).accepted) return rest;
  }
  return undefined;
}
