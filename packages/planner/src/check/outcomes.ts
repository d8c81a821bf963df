import type { PlannerContext } from '../context/context.ts';
import { thingOf } from '../context/lookup.ts';
import { namesIn } from '../context/references.ts';
import { type PlanStep, type ThingReference, thingReference } from '../plan/plan.ts';

/** Largest number of outcomes that a check follows. Six things in the order of their weights have 720. */
const MAX_OUTCOMES = 1024;

/** One way in which the measurements of a plan can turn out. */
export interface Outcome {
  /** Mass of each thing that the plan compares and that was not weighed before (kg). */
  readonly masses: ReadonlyMap<string, number>;
  /** Things that the cameras will not find when a condition asks for them. */
  readonly unseen: ReadonlySet<string>;
}

/** Names whose masses are compared with one another, or with the limit of heavy things. */
interface Comparison {
  readonly names: readonly string[];
  readonly withLimit: boolean;
}

/**
 * Every outcome of the weighings and looks that the conditions of a plan depend on: each order of the masses that are compared, on each side of the limit
 * of heavy things, and each thing seen or not. Equal masses are left out, since measurements are never equal.
 * @param heavyMass limit of heavy things (kg)
 * @returns undefined when there are more outcomes than a check can follow
 */
export function outcomesOf(
  steps: readonly PlanStep[],
  context: PlannerContext,
  heavyMass: number,
): readonly Outcome[] | undefined {
  const groups = joined(steps.flatMap(comparisonsOf));
  const looked = [...new Set(steps.flatMap(({ when }) => (when?.is === 'seen' ? namesIn(when.thing) : [])))];
  const orders = groups.map((group) => massOrders(group, context, heavyMass));
  const count = orders.reduce((product, { size }) => product * size, 2 ** looked.length);
  if (count > MAX_OUTCOMES) return undefined;
  let masses: readonly ReadonlyMap<string, number>[] = [new Map()];
  for (const { all } of orders) {
    const each = all();
    masses = masses.flatMap((known) => each.map((more) => new Map([...known, ...more])));
  }
  return subsetsOf(looked).flatMap((unseen) => masses.map((each) => ({ masses: each, unseen })));
}

function comparisonsOf({ arguments: { thing }, when }: PlanStep): readonly Comparison[] {
  const argument = thingReference.safeParse(thing);
  const references: ThingReference[] = [...(argument.success ? [argument.data] : []), ...(when ? [when.thing] : [])];
  const lists = references.filter((each) => typeof each !== 'string').map((each) => comparison(namesIn(each)));
  if (!when) return lists;
  const names = namesIn(when.thing);
  const limit = when.is === 'heavy' || when.is === 'light' ? names.map((name) => comparison([name], true)) : [];
  const pair = when.heavierThan === undefined ? [] : [comparison([...names, when.heavierThan])];
  return [...lists, ...limit, ...pair];
}

const comparison = (names: readonly string[], withLimit = false): Comparison => ({ names, withLimit });

/** Joins comparisons that share a name. */
function joined(comparisons: readonly Comparison[]): readonly Comparison[] {
  const groups: Comparison[] = [];
  for (const { names, withLimit } of comparisons) {
    const touching = groups.filter((group) => group.names.some((name) => names.includes(name)));
    for (const group of touching) groups.splice(groups.indexOf(group), 1);
    groups.push({
      names: [...new Set([...touching.flatMap((group) => group.names), ...names])],
      withLimit: withLimit || touching.some((group) => group.withLimit),
    });
  }
  return groups;
}

/** The orders of the unknown masses of a group among one another and among the known ones and the limit. */
function massOrders({ names, withLimit }: Comparison, context: PlannerContext, heavyMass: number) {
  const known = names.map((name) => thingOf(context, name)?.mass).filter((mass) => mass !== undefined);
  const fixed = [...new Set([...known, ...(withLimit ? [heavyMass] : [])])].sort((a, b) => a - b);
  const unknown = names.filter((name) => thingOf(context, name)?.mass === undefined);
  const size = unknown.reduce((product, _, i) => product * (fixed.length + i + 1), 1);
  const all = () => {
    let orders: readonly (readonly (string | number)[])[] = [fixed];
    for (const name of unknown) {
      orders = orders.flatMap((order) =>
        Array.from({ length: order.length + 1 }, (_, i) => [...order.slice(0, i), name, ...order.slice(i)]),
      );
    }
    return orders.map(massesInOrder);
  };
  return { size, all };
}

/** Gives each name in an ascending list a mass between its neighbours (kg). */
function massesInOrder(order: readonly (string | number)[]): ReadonlyMap<string, number> {
  const masses = new Map<string, number>();
  let below = 0;
  order.forEach((each, i) => {
    if (typeof each === 'number') {
      below = each;
      return;
    }
    const next = order.slice(i).find((later) => typeof later === 'number');
    below = next === undefined ? below + 1 : (below + next) / 2;
    masses.set(each, below);
  });
  return masses;
}

const subsetsOf = (names: readonly string[]): readonly ReadonlySet<string>[] =>
  names.reduce<readonly ReadonlySet<string>[]>(
    (sets, name) => sets.flatMap((set) => [set, new Set([...set, name])]),
    [new Set()],
  );
