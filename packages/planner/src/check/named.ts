import { jsonText } from '@praxis/core';
import type { PlannerContext } from '../context/context.ts';
import { namesOf, placeOf, thingOf } from '../context/lookup.ts';
import { namesIn, resolveReference } from '../context/references.ts';
import { type PlanStep, thingReference } from '../plan/plan.ts';
import type { PlanFault } from './verdict.ts';

type NameFault = Pick<PlanFault, 'kind' | 'message'>;

/** True when the cameras see a thing of this name or the gripper holds it. */
const isThing = (context: PlannerContext, name: string): boolean =>
  thingOf(context, name) !== undefined || context.held?.thing === name;

const unknownThing = (name: string, context: PlannerContext): NameFault => ({
  kind: 'unknown_thing',
  message: `there is no ${jsonText(name)}, expected one of: ${namesOf(context.things)}`,
});

const unknownPlace = (name: string, context: PlannerContext): NameFault => ({
  kind: 'unknown_place',
  message: `there is no place ${jsonText(name)}, expected one of: ${namesOf(context.places)}`,
});

/**
 * Names in a step that the context lacks. By convention the argument `thing` of every skill names a thing, `place` a place, and `target` either.
 */
export function unknownNames({ arguments: args, when }: PlanStep, context: PlannerContext): readonly NameFault[] {
  const { thing, place, target } = args;
  const reference = thingReference.safeParse(thing);
  const things = [
    ...(reference.success ? namesIn(reference.data) : []),
    ...(when ? namesIn(when.thing) : []),
    ...(when?.heavierThan === undefined ? [] : [when.heavierThan]),
  ];
  const places = [...(typeof place === 'string' ? [place] : []), ...(when?.on === undefined ? [] : [when.on])];
  return [
    ...things.filter((name) => !isThing(context, name)).map((name) => unknownThing(name, context)),
    ...places.filter((name) => !placeOf(context, name)).map((name) => unknownPlace(name, context)),
    ...(typeof target === 'string' && !isThing(context, target) && !placeOf(context, target)
      ? [unknownPlace(target, { ...context, places: [...context.places, ...context.things.map(asPlace)] })]
      : []),
  ];
}

const asPlace = ({ name, position }: PlannerContext['things'][number]) => ({
  name,
  position,
  halfSize: [0, 0] as const,
});

/** Positions (m, base frame) of the thing, place or target that the arguments name. */
export function namedPositions(
  { thing, place, target }: Readonly<Record<string, unknown>>,
  context: PlannerContext,
): readonly { readonly name: string; readonly position: readonly [number, number, number] }[] {
  return [
    typeof thing === 'string' ? thingOf(context, thing) : undefined,
    typeof place === 'string' ? placeOf(context, place) : undefined,
    typeof target === 'string' ? (placeOf(context, target) ?? thingOf(context, target)) : undefined,
  ].filter((found) => found !== undefined);
}

/**
 * The arguments with the comparison of weights in `thing` replaced by the name that it means in a context.
 * @returns undefined when it means none yet: something was not weighed
 */
export function resolvedArguments(
  args: Readonly<Record<string, unknown>>,
  context: PlannerContext,
): Readonly<Record<string, unknown>> | undefined {
  const reference = thingReference.safeParse(args.thing);
  if (!reference.success || typeof reference.data === 'string') return args;
  const thing = resolveReference(reference.data, context);
  return thing === undefined ? undefined : { ...args, thing };
}
