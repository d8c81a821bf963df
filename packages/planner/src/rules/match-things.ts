import type { PlannerContext, SeenThing } from '../context/context.ts';
import { horizontalDistance } from '../context/distance.ts';
import type { Filter, Relation, Things } from './meaning.ts';

/** Things whose distances to another one differ by less than this are equally near (m). */
const ALIKE_M = 0.02;

/** What the meaning of a phrase depends on beside the things that are seen. */
export interface Discourse {
  readonly context: PlannerContext;
  /** Things that the request leaves alone. */
  readonly excluded: ReadonlySet<string>;
  /** Things that the request has named so far. */
  readonly mentioned: ReadonlySet<string>;
  /** Position of what a phrase means, for relations (m). */
  positionsOf(
    anchor: Extract<Filter, { by: 'relation' }>['anchors'][number],
  ): readonly (readonly [number, number, number])[];
  /** Names of the things that a phrase means, without a question when there are several. */
  namesOf(things: Things): readonly string[];
  /** Name of the place that a phrase means. */
  placeNamesOf(place: Extract<Filter, { by: 'place' }>['on']): readonly string[];
}

/** The things that have all properties of a phrase but weights, in the order of the context. */
export function matchThings(
  filters: readonly Filter[],
  candidates: readonly SeenThing[],
  discourse: Discourse,
  quantity: Things['quantity'] = 'the',
): readonly SeenThing[] {
  let found = candidates;
  for (const filter of filters) {
    if (filter.by === 'word') found = found.filter((thing) => hasWord(thing, filter.word) !== (filter.not ?? false));
    if (filter.by === 'place') {
      const names = discourse.placeNamesOf(filter.on);
      found = found.filter(({ on }) => (on !== undefined && names.includes(on)) !== (filter.not ?? false));
    }
    if (filter.by === 'exclusion' || filter.by === 'among') {
      const names = filter.things.flatMap((things) => discourse.namesOf(things));
      found = found.filter(({ name }) => names.includes(name) === (filter.by === 'among'));
    }
    if (filter.by === 'rest') found = found.filter(({ name }) => !discourse.mentioned.has(name));
    if (filter.by === 'history') {
      const name = lastOf(filter.skill, discourse.context);
      found = found.filter((thing) => thing.name === name);
    }
  }
  for (const filter of filters) if (filter.by === 'relation') found = related(found, filter, discourse, quantity);
  const isCompared = filters.some((filter) => filter.by === 'relation' && /est$/.test(filter.relation));
  const end = filters.findLast((filter) => filter.by === 'extreme');
  return end?.by === 'extreme' && !isCompared ? atEnd(found, end) : found;
}

const hasWord = ({ words, name }: SeenThing, word: string): boolean =>
  words.includes(word) || name.split(' ').includes(word);

/** The thing of the last step with a skill; of a place or a putting down the thing that was taken before it. */
function lastOf(skill: string, { history }: PlannerContext): string | undefined {
  const puts = skill === 'place' || skill === 'put_down';
  const isMeant = (name: string) => (puts ? name === 'place' || name === 'put_down' : name === skill);
  const at = history.findLastIndex(({ step, outcome }) => outcome === 'done' && isMeant(step.skill));
  const taken = puts ? history.slice(0, at).findLast(({ step }) => step.skill === 'pick') : history[at];
  const thing = at < 0 ? undefined : taken?.step.arguments.thing;
  return typeof thing === 'string' ? thing : undefined;
}

/** Things at an end, or at the rank from it. Left is positive y, far is positive x. */
function atEnd(
  things: readonly SeenThing[],
  { towards, rank = 1 }: Extract<Filter, { by: 'extreme' }>,
): readonly SeenThing[] {
  if (towards === 'middle') {
    if (things.length % 2 === 0) return things;
    const across = [...things].sort((a, b) => b.position[1] - a.position[1]);
    return across.slice((things.length - 1) / 2, (things.length + 1) / 2);
  }
  const key = ({ position: [x, y] }: SeenThing): number =>
    towards === 'left' ? -y : towards === 'right' ? y : (towards === 'near' ? 1 : -1) * Math.sqrt(x * x + y * y);
  return [...things].sort((a, b) => key(a) - key(b)).slice(rank - 1, rank);
}

function related(
  things: readonly SeenThing[],
  { relation, anchors }: Extract<Filter, { by: 'relation' }>,
  discourse: Discourse,
  quantity: Things['quantity'],
): readonly SeenThing[] {
  const positions = anchors.flatMap((anchor) => discourse.positionsOf(anchor));
  if (positions.length === 0) return [];
  const anchorNames = anchors.flatMap((anchor) => (anchor.is === 'things' ? discourse.namesOf(anchor) : []));
  const others = things.filter(({ name }) => !anchorNames.includes(name));
  if (relation === 'between') return between(others, positions);
  const [anchor] = positions;
  const sign = relation === 'farthest' ? -1 : 1;
  const aside = others
    .filter(({ position }) => isOnSide(relation, position, anchor))
    .map((thing) => ({ thing, distance: sign * horizontalDistance(thing.position, anchor) }))
    .sort((a, b) => a.distance - b.distance);
  // "Everything left of the cube" is all that is on that side, "the thing left of it" the nearest one there.
  if (quantity === 'all' && /of$|behind/.test(relation)) return aside.map(({ thing }) => thing);
  return aside.filter(({ distance }) => distance - aside[0].distance < ALIKE_M).map(({ thing }) => thing);
}

function isOnSide(relation: Relation, [x, y]: readonly number[], [atX, atY]: readonly number[]): boolean {
  switch (relation) {
    case 'left of':
      return y > atY + ALIKE_M;
    case 'right of':
      return y < atY - ALIKE_M;
    case 'behind':
      return x > atX + ALIKE_M;
    case 'in front of':
      return x < atX - ALIKE_M;
    case 'beside':
    case 'nearest':
    case 'farthest':
    case 'between':
      return true;
  }
}

/** Things nearest to the middle of two positions, and not beyond either of them. */
function between(things: readonly SeenThing[], positions: readonly (readonly number[])[]): readonly SeenThing[] {
  const [a, b] = positions;
  if (b === undefined) return [];
  const length = horizontalDistance(a, b);
  const detours = things
    .map((thing) => ({
      thing,
      detour: horizontalDistance(thing.position, a) + horizontalDistance(thing.position, b) - length,
    }))
    .sort((one, other) => one.detour - other.detour);
  return detours
    .filter(({ detour }) => detour < length && detour - detours[0].detour < ALIKE_M)
    .map(({ thing }) => thing);
}
