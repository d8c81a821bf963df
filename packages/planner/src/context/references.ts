import type { Condition, ThingReference } from '../plan/plan.ts';
import type { PlannerContext } from './context.ts';
import { thingOf } from './lookup.ts';

/** Names that a reference mentions. */
export const namesIn = (reference: ThingReference): readonly string[] => {
  if (typeof reference === 'string') return [reference];
  return 'heaviest' in reference ? reference.heaviest : reference.lightest;
};

/** A reference in words: `red cube`, or `the heaviest of box 1, box 2`. */
export const referenceInWords = (reference: ThingReference): string => {
  if (typeof reference === 'string') return reference;
  return `the ${'heaviest' in reference ? 'heaviest' : 'lightest'} of ${namesIn(reference).join(', ')}`;
};

/**
 * The name that a reference means in a context.
 * @returns undefined for a comparison of things of which one was not weighed
 */
export function resolveReference(reference: ThingReference, context: PlannerContext): string | undefined {
  if (typeof reference === 'string') return reference;
  const weighed = namesIn(reference).map((name) => ({ name, mass: thingOf(context, name)?.mass ?? Number.NaN }));
  if (weighed.some(({ mass }) => Number.isNaN(mass))) return undefined;
  const sign = 'heaviest' in reference ? 1 : -1;
  return weighed.reduce((best, each) => (sign * (each.mass - best.mass) > 0 ? each : best)).name;
}

/**
 * Decides a condition by what the sensors know.
 * @param heavyMass mass from which a thing is heavy (kg)
 * @returns undefined when it cannot be decided yet: something was not weighed
 */
export function conditionHolds(
  { thing: reference, is, on, heavierThan, not = false }: Condition,
  context: PlannerContext,
  heavyMass: number,
): boolean | undefined {
  const name = resolveReference(reference, context);
  if (name === undefined) return undefined;
  const thing = thingOf(context, name);
  const parts: (boolean | undefined)[] = [];
  if (is === 'seen') parts.push(thing !== undefined);
  if (is === 'held') parts.push(context.held?.thing === name);
  if (is === 'heavy' || is === 'light') {
    parts.push(thing?.mass === undefined ? undefined : thing.mass >= heavyMass === (is === 'heavy'));
  }
  if (on !== undefined) parts.push(thing?.on === on);
  if (heavierThan !== undefined) {
    const other = thingOf(context, heavierThan)?.mass;
    parts.push(thing?.mass === undefined || other === undefined ? undefined : thing.mass > other);
  }
  if (parts.includes(undefined)) return undefined;
  return parts.every(Boolean) !== not;
}
