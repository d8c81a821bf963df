import type { KnownPlace, PlannerContext, SeenThing } from './context.ts';

/** The thing of a name in a context. */
export const thingOf = ({ things }: PlannerContext, name: string): SeenThing | undefined =>
  things.find((thing) => thing.name === name);

/** The place of a name in a context. */
export const placeOf = ({ places }: PlannerContext, name: string): KnownPlace | undefined =>
  places.find((place) => place.name === name);

/** A context in which one thing has other properties. */
export const withThing = (
  context: PlannerContext,
  name: string,
  changed: Partial<Pick<SeenThing, 'position' | 'on' | 'mass'>>,
): PlannerContext => ({
  ...context,
  things: context.things.map((thing) => (thing.name === name ? { ...thing, ...changed } : thing)),
});

/** Names in words, for reasons: `red cube, blue cylinder`, or `nothing`. */
export const namesOf = (items: readonly { readonly name: string }[]): string =>
  items.map(({ name }) => name).join(', ') || 'nothing';
