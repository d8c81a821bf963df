import { readGroupMembers } from './read-group.ts';
import { readThings, readThingsList } from './read-things.ts';
import { readWeight } from './read-words.ts';
import { ALL, type Rule } from './rule.ts';

/** Reads "weigh the cube", "how heavy is it", "which box is heavier?". */
export const readWeigh: Rule = (r, { lexicon }) => {
  if (
    r.accept(
      'weigh | compare the weight of | compare the weights of | compare | check the weight of | feel the weight of | ' +
        'find out the weight of | what is the weight of | tell me the weight of',
    )
  ) {
    const what = readThingsList(r, lexicon, { commas: true, located: true });
    r.accept('with | by weight');
    return what && { do: 'weigh', what };
  }
  const most = r.attempt(() => {
    if (!r.accept('find out which | check which | see which | test which | determine which | tell which | which'))
      return undefined;
    const members = r.accept('one of | of | one out of | out of | one among | among')
      ? readGroupMembers(r, lexicon)
      : undefined;
    const what = members ? { ...ALL, filters: members } : (readThings(r, lexicon) ?? ALL);
    const weight = r.accept('is | weighs | are | feels') ? readWeight(r) : undefined;
    return (
      weight && {
        what: [{ ...what, quantity: 'all' as const }],
        most: weight.startsWith('heav') ? ('heaviest' as const) : ('lightest' as const),
      }
    );
  });
  if (most) return { do: 'weigh', ...most };
  const isQuestion = r.accept('find out how heavy | check how heavy | tell me how heavy | how heavy');
  if (isQuestion) {
    const isFirst = r.accept('is | are') !== undefined;
    const what = readThingsList(r, lexicon, { located: true });
    if (!what || (!isFirst && !r.accept('is | are'))) return undefined;
    r.attempt(() => (r.accept('? | ,') && r.accept('find out | check | find it out') ? true : undefined));
    return { do: 'weigh', what };
  }
  if (!r.accept('what does | find out what | how much does')) return undefined;
  const what = readThingsList(r, lexicon);
  return what && r.accept('weigh | weighs') ? { do: 'weigh', what } : undefined;
};

/** Reads "sort the boxes by weight". */
export const readSort: Rule = (r, { lexicon }) => {
  if (!r.accept('sort | order')) return undefined;
  const what = readThings(r, lexicon);
  if (r.sees('to | onto | on')) return undefined;
  const byWeight = r.accept('by weight | by their weight | according to weight | by how heavy they are');
  return what || byWeight ? { do: 'sort', what: what ?? ALL } : undefined;
};
