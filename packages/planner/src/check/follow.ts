import type { PlannerContext } from '../context/context.ts';
import { thingOf } from '../context/lookup.ts';
import { conditionHolds, namesIn } from '../context/references.ts';
import { type Condition, type PlanStep, thingReference } from '../plan/plan.ts';
import type { Catalogue } from '../skills/catalogue.ts';
import type { WorkCell } from '../skills/work-cell.ts';
import { resolvedArguments } from './named.ts';
import type { Outcome } from './outcomes.ts';
import { regionReasons, toolAfter } from './regions.ts';
import type { PlanFault } from './verdict.ts';

/**
 * Follows the steps of a plan through what each skill expects to happen, for one outcome of the measurements.
 * @param steps steps whose skills the catalogue has and whose arguments fit
 * @returns the faults of the first step that cannot run, and the sentences to read back of the steps before it
 */
export function followPlan(
  steps: readonly PlanStep[],
  { get, cell }: Pick<Catalogue, 'get' | 'cell'>,
  start: PlannerContext,
  outcome: Outcome,
): { readonly faults: readonly PlanFault[]; readonly readBack: readonly string[] } {
  let context = start;
  const readBack: string[] = [];
  for (const [i, { skill: name, arguments: given, when }] of steps.entries()) {
    const faults = (kind: PlanFault['kind'], reasons: readonly string[]): readonly PlanFault[] =>
      reasons.map((reason) => ({ step: i + 1, kind, message: `step ${i + 1} (${name}): ${reason}` }));
    const holds = when ? decide(when, context, outcome, cell) : true;
    if (holds === undefined) return { faults: faults('condition', [notDecided(when!, context)]), readBack };
    if (!holds) continue;
    const args = resolvedArguments(given, context);
    if (args === undefined) return { faults: faults('condition', [notCompared(given, context)]), readBack };
    const skill = get(name)!;
    const parsed = skill.arguments.parse(args);
    const unmet = skill.unmet(parsed, context, cell);
    if (unmet.length > 0) return { faults: faults(context === start ? 'precondition' : 'order', unmet), readBack };
    const after = measured(skill.expected(parsed, context, cell), start, outcome);
    const reasons = regionReasons(args, context, after, cell);
    if (reasons.length > 0) return { faults: faults('region', reasons), readBack };
    const sentence = skill.readBack?.(parsed, context, cell);
    if (sentence !== undefined) readBack.push(sentence);
    context = { ...after, tool: toolAfter(skill, args, context, after) };
  }
  return { faults: [], readBack };
}

/** The context with the masses of an outcome in place of those that a skill expects. */
const measured = (context: PlannerContext, start: PlannerContext, { masses }: Outcome): PlannerContext => ({
  ...context,
  things: context.things.map((thing) =>
    thing.mass === undefined || thingOf(start, thing.name)?.mass !== undefined
      ? thing
      : { ...thing, mass: masses.get(thing.name) ?? thing.mass },
  ),
});

function decide(when: Condition, context: PlannerContext, { unseen }: Outcome, cell: WorkCell): boolean | undefined {
  const visible = { ...context, things: context.things.filter(({ name }) => !unseen.has(name)) };
  return conditionHolds(when, when.is === 'seen' ? visible : context, cell.heavyMass);
}

const unweighed = (names: readonly string[], context: PlannerContext): string =>
  names.filter((name) => thingOf(context, name)?.mass === undefined).join(' and ');

const notDecided = ({ thing, heavierThan }: Condition, context: PlannerContext): string =>
  `its condition needs the weight of ${unweighed([...namesIn(thing), ...(heavierThan === undefined ? [] : [heavierThan])], context)}, which no step before it weighs`;

const notCompared = ({ thing }: Readonly<Record<string, unknown>>, context: PlannerContext): string =>
  `it compares the weight of ${unweighed(namesIn(thingReference.parse(thing)), context)}, which no step before it weighs`;
