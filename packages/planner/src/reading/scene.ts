import type { PlannerContext, SeenThing } from '../context/context.ts';
import { type Discourse, matchThings } from '../rules/match-things.ts';
import type { Filter, Things } from '../rules/meaning.ts';
import type { Description } from './goal.ts';

/** Kinds of things that a detection can find. */
export const isSeenKind = ({ kind }: Description): boolean =>
  kind !== undefined && ['cube', 'cylinder', 'brick', 'box'].includes(kind);

const filtersOf = ({ colour, kind }: Description): readonly Filter[] =>
  [colour, kind].flatMap((word) => (word === undefined ? [] : [{ by: 'word' as const, word }]));

/** A phrase for the things of a description. */
export const thingsOf = (says: Description): Things => ({
  is: 'things',
  quantity: 'the',
  filters: filtersOf(says),
  text: nameOf(says),
});

/** A description in words: `red cube`. */
export const nameOf = ({ colour, kind, weight }: Description): string =>
  [weight, colour, kind ?? 'thing'].filter((word) => word !== undefined).join(' ');

/** What the words of an instruction mean by what the cameras see: nothing was said or done before. */
export function sceneOf(context: PlannerContext): Discourse {
  const scene: Discourse = {
    context,
    excluded: new Set(),
    mentioned: new Set(),
    namesOf: ({ filters }) => matchThings(filters, context.things, scene).map(({ name }) => name),
    positionsOf: (anchor) =>
      anchor.is === 'things' ? matchThings(anchor.filters, context.things, scene).map(({ position }) => position) : [],
    placeNamesOf: () => [],
  };
  return scene;
}

/** True for a thing that may be what a description says: words that the pictures leave open count too. */
export const mayBe = ({ words, alternatives = [] }: SeenThing, says: Description): boolean =>
  [says.colour, says.kind].every((word) => word === undefined || words.includes(word) || alternatives.includes(word));

/** True for a thing that has all words of a description. */
export const isWhat = ({ words }: SeenThing, says: Description): boolean =>
  [says.colour, says.kind].every((word) => word === undefined || words.includes(word));
