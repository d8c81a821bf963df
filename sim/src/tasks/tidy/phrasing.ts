import type { Random } from '@praxis/core';
import { fillPatterns, type WordingSet, type Wordings } from '../../wordings/wordings.ts';
import type { Clause, Pair } from './request.ts';
import type { TidyThing } from './scene.ts';
import { CLAUSE_WORDINGS, ELLIPSES, JOINTS } from './wordings.ts';

/** Words of a thing: `red cube`. */
export const thingInWords = ({ colour, shape }: Pick<TidyThing, 'colour' | 'shape'>): string => `${colour} ${shape}`;

/** Words of two things: `two red cubes`, `two cubes`, or `red cube and the blue brick`. */
function pairInWords([a, b]: Pair, things: readonly TidyThing[]): string {
  if (a.hasTwin) return `two ${thingInWords(a)}s`;
  const isOnlyPair = a.shape === b.shape && things.filter(({ shape }) => shape === a.shape).length === 2;
  return isOnlyPair ? `two ${a.shape}s` : `${thingInWords(a)} and the ${thingInWords(b)}`;
}

/** Words for the slots of a clause's patterns. */
function slotsOf(clause: Clause, things: readonly TidyThing[]): Readonly<Record<string, string>> {
  const { side } = clause;
  const slots = { side, other: side === 'left' ? 'right' : 'left' };
  switch (clause.kind) {
    case 'put':
      return { ...slots, thing: thingInWords(clause.thing) };
    case 'if_weight':
    case 'by_weight':
      return { ...slots, thing: thingInWords(clause.thing), weight: clause.weight };
    case 'beside':
      return { ...slots, thing: thingInWords(clause.thing), relation: clause.relation };
    case 'compared': {
      const comparison = clause.weight === 'heavy' ? 'heavier' : 'lighter';
      return { ...slots, pair: pairInWords(clause.pair, things), comparison };
    }
    case 'twin':
      return {
        ...slots,
        pair: pairInWords(clause.pair, things),
        pair_one: thingInWords(clause.pair[0]),
        relation: clause.relation,
      };
  }
}

/** Clauses whose verb a following short clause can share. */
const canPrecedeEllipsis = ({ kind }: Clause): boolean => kind === 'put' || kind === 'compared';

/** Draws a sentence for a request from one set of wordings. */
export function phrase(
  random: Random,
  clauses: readonly Clause[],
  things: readonly TidyThing[],
  set: WordingSet,
): string {
  const draw = (wordings: Wordings, slots = {}): string => random.pick(fillPatterns(wordings[set], slots));
  return clauses
    .map((clause, index) => {
      const slots = slotsOf(clause, things);
      const isLast = index > 0 && index === clauses.length - 1;
      const isShort = isLast && clause.kind === 'put' && canPrecedeEllipsis(clauses[index - 1]) && random.chance(0.5);
      if (isShort) return draw(ELLIPSES, slots);
      const text = draw(CLAUSE_WORDINGS[clause.kind], slots);
      return index === 0 ? text : draw(JOINTS) + text;
    })
    .join('');
}
