import { jsonText } from '@praxis/core';
import type { PlannerContext } from '../context/context.ts';
import type { Condition, PlanStep, StepPlan } from '../plan/plan.ts';
import type { Catalogue } from '../skills/catalogue.ts';
import { followPlan } from './follow.ts';
import { unknownNames } from './named.ts';
import { outcomesOf } from './outcomes.ts';
import { issueLines, parsePlan } from './parse-plan.ts';
import type { PlanCheckOptions, PlanFault, PlanVerdict } from './verdict.ts';

/** A plan of more steps than this is read back as a whole before it runs. */
const LONG_PLAN_STEPS = 6;
/** Number of faults that a verdict names. */
const MAX_FAULTS = 12;
/** States of the supervisor in which a stop is latched. */
const STOPPED_STATES: readonly string[] = ['protective_stop', 'emergency_stop'];

/**
 * Decides whether a plan may run. It is pure: it reads no clock and moves nothing. The steps are followed symbolically through what each skill expects,
 * for every outcome of the weighings and looks that conditions depend on; a plan is accepted only when each step can run in each of
 * them.
 * @param plan what a planner answered; any value is accepted
 * @returns the plan with the sentences to read back, or its faults, at most twelve
 *
 * @example
 * const verdict = checkPlan(answer, catalogue, context);
 * if (!verdict.accepted) console.log(verdict.faults.map(({ message }) => message).join('\n'));
 */
export function checkPlan(
  plan: unknown,
  catalogue: Catalogue,
  context: PlannerContext,
  options: PlanCheckOptions = {},
): PlanVerdict {
  const overspent = moneyFaults(options);
  if (overspent.length > 0) return rejected(overspent);
  const parsed = parsePlan(plan);
  if ('faults' in parsed) return rejected(parsed.faults);
  if (parsed.plan.kind !== 'steps') return { accepted: true, plan: parsed.plan, readBack: [] };
  const { steps } = parsed.plan;
  const faults = steps.flatMap((step, i) => stepFaults(step, i, catalogue, context, options));
  if (faults.length > 0) return rejected(faults);
  return followOutcomes(parsed.plan, catalogue, context);
}

const rejected = (faults: readonly PlanFault[]): PlanVerdict => ({
  accepted: false,
  faults: faults.slice(0, MAX_FAULTS),
});

function moneyFaults({ money }: PlanCheckOptions): readonly PlanFault[] {
  if (!money || money.spent <= money.limit) return [];
  return [{ kind: 'money', message: `planning has cost ${money.spent}, expected at most ${money.limit}` }];
}

/** The faults of a step that do not depend on the steps before it. */
function stepFaults(
  step: PlanStep,
  index: number,
  catalogue: Catalogue,
  context: PlannerContext,
  { busy = [] }: PlanCheckOptions,
): readonly PlanFault[] {
  const fault = (kind: PlanFault['kind'], message: string): PlanFault => ({
    step: index + 1,
    kind,
    message: `step ${index + 1} (${jsonText(step.skill).slice(1, -1)}): ${message}`,
  });
  const skill = catalogue.get(step.skill);
  if (!skill) {
    const known = catalogue.skills.map(({ name }) => name).join(', ') || 'none';
    return [fault('skill', `unknown skill, expected one of: ${known}`)];
  }
  const parsed = skill.arguments.safeParse(step.arguments);
  const isStopped = STOPPED_STATES.includes(context.supervisor.state);
  const lacking = skill.uses.flatMap((part) => {
    if (busy.includes(part)) return [`the ${part} is in use by another command`];
    if (part === 'gripper' && !catalogue.cell.robot.gripper) return ['the robot has no gripper'];
    const moves = part === 'arm' || part === 'gripper' || part === 'base';
    return moves && isStopped ? [`the supervisor has stopped the ${part}, expected a reset first`] : [];
  });
  return [
    ...(parsed.success
      ? []
      : issueLines(parsed.error, step.arguments).map((line) => fault('arguments', `the argument ${line}`))),
    ...lacking.map((reason) => fault('capability', reason)),
    ...unknownNames(step, context).map(({ kind, message }) => fault(kind, message)),
    ...(step.when && asksNothing(step.when) ? [fault('condition', 'its condition says nothing of the thing')] : []),
  ];
}

const asksNothing = ({ is, on, heavierThan }: Condition): boolean =>
  is === undefined && on === undefined && heavierThan === undefined;

function followOutcomes(plan: StepPlan, catalogue: Catalogue, context: PlannerContext): PlanVerdict {
  const outcomes = outcomesOf(plan.steps, context, catalogue.cell.heavyMass);
  if (!outcomes) {
    return rejected([
      { kind: 'length', message: 'the plan compares more things than a check can follow, expected six at most' },
    ]);
  }
  const faults = new Map<string, PlanFault>();
  const readBack = new Set<string>();
  if (plan.steps.length > LONG_PLAN_STEPS) readBack.add(`${plan.steps.length} steps: ${plan.restatement}`);
  const seam = { get: (name: string) => catalogue.get(name), cell: catalogue.cell };
  for (const outcome of outcomes) {
    const followed = followPlan(plan.steps, seam, context, outcome);
    for (const fault of followed.faults) faults.set(fault.message, fault);
    for (const sentence of followed.readBack) readBack.add(sentence);
  }
  return faults.size > 0 ? rejected([...faults.values()]) : { accepted: true, plan, readBack: [...readBack] };
}
