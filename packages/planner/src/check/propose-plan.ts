import type { Plan } from '../plan/plan.ts';
import { addCosts } from '../planners/add-costs.ts';
import type { PlanCost, Planner, PlanRequest, RejectedPlan } from '../planners/planner.ts';
import { untilAborted } from '../planners/until-aborted.ts';
import { notAskedFor } from './asked-for.ts';
import { harmIn } from './harm.ts';
import type { PlanVerdict } from './verdict.ts';

/** How often a planner gets a rejected plan back. */
const MAX_REPEATS = 2;
/** Length of a reason in the question to the person (characters). */
const MAX_REASON_LENGTH = 200;

/** A plan that was accepted, or the question that stands in its place. */
export interface Proposal {
  readonly plan: Plan;
  /** Sentences that a person must say yes to before the plan runs. */
  readonly readBack: readonly string[];
  /** Answers that were rejected on the way, oldest first. */
  readonly rejected: readonly RejectedPlan[];
  /** Sum over all answers. */
  readonly cost: PlanCost;
}

/**
 * Asks a planner for a plan and checks it. A request that asks for harm, or that has a stop word, is refused before any planner sees it.
 * A model's plan that acts on what the request neither names nor can mean is rejected as well, whatever a text in the context says.
 * A rejected plan goes back to the planner with the reasons, twice at most; after that the plan is a question to the person.
 * @param check decides on an answer, such as `checkPlan` with catalogue and context. `spent` is the money that the answers have cost so far
 * @throws {PlannerError} when the planner has no answer; it is not asked again
 * @throws the reason of the request's signal, at once, even when the planner ignores the signal
 */
export async function proposePlan(
  planner: Planner,
  request: PlanRequest,
  check: (plan: unknown, spent: number) => PlanVerdict,
): Promise<Proposal> {
  request.signal?.throwIfAborted();
  const rejected: RejectedPlan[] = [...(request.rejected ?? [])];
  let cost: PlanCost = { seconds: 0 };
  const { said = [request.request] } = request;
  const checked = (verdict: PlanVerdict) => (planner.isModel ? unlessNotAsked(verdict, request) : verdict);
  const harm = said.map(harmIn).find((reason) => reason !== undefined);
  if (harm !== undefined) return { plan: { kind: 'refusal', reason: harm }, readBack: [], rejected, cost };
  for (let answers = 0; answers <= MAX_REPEATS; answers++) {
    const answer = await untilAborted(() => planner.plan({ ...request, rejected }), request.signal);
    cost = addCosts(cost, answer.cost);
    const verdict = checked(check(answer.plan, cost.money ?? 0));
    if (verdict.accepted) return { plan: verdict.plan, readBack: verdict.readBack, rejected, cost };
    rejected.push({ plan: answer.plan, reasons: verdict.faults.map(({ message }) => message) });
    if (verdict.faults.some(({ kind }) => kind === 'money')) break;
  }
  const reason = rejected.at(-1)!.reasons[0].slice(0, MAX_REASON_LENGTH);
  const question = `I found no plan that may run: ${reason}. Can you say it in another way?`;
  return { plan: { kind: 'question', question }, readBack: [], rejected, cost };
}

function unlessNotAsked(verdict: PlanVerdict, request: PlanRequest): PlanVerdict {
  if (!verdict.accepted || verdict.plan.kind !== 'steps') return verdict;
  const faults = notAskedFor(verdict.plan, request);
  return faults.length === 0 ? verdict : { accepted: false, faults };
}
