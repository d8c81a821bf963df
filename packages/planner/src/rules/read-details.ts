import { COLOURS, SHAPES } from '../context/thing-words.ts';
import { isTray, type Lexicon } from './lexicon.ts';
import type { Filter } from './meaning.ts';
import { EXCLUDING, WEIGHTS } from './phrases.ts';
import { readEndOfGroup, readGroup } from './read-group.ts';
import { readPlace } from './read-place.ts';
import { readRelation } from './read-relation.ts';
import { readThingsList, type ThingOptions } from './read-things.ts';
import { readWeight } from './read-words.ts';
import type { Reader } from './reader.ts';

/** @param one true after "the one", which has no words of its own */
type DetailOptions = ThingOptions & { readonly one: boolean };

/** Reads what follows the noun. @param before filters of the noun and of the words before it */
export function readDetails(
  r: Reader,
  lexicon: Lexicon,
  before: readonly Filter[],
  options: DetailOptions,
): readonly Filter[] {
  const filters: Filter[] = [];
  for (;;) {
    const found =
      (options.grouped ? undefined : readRelative(r, lexicon)) ??
      readLying(r, lexicon, [...before, ...filters]) ??
      (options.one ? readEndOfGroup(r, lexicon) : undefined) ??
      readRelation(r, lexicon, [...before, ...filters]) ??
      (options.plain ? undefined : readExclusion(r, lexicon, options)) ??
      readGroup(r, lexicon) ??
      readHistory(r) ??
      readColour(r) ??
      (options.located ? readLocation(r, lexicon) : undefined);
    if (!found) return filters;
    filters.push(...found);
  }
}

/** Reads "that is not red", "which weighs more", "that isn't on a tray yet". */
function readRelative(r: Reader, lexicon: Lexicon): readonly Filter[] | undefined {
  return r.attempt(() => {
    if (!r.accept('that | which | who')) return undefined;
    if (r.accept('weighs | weigh')) {
      const weight = readWeight(r);
      return weight && [{ by: 'weight', weight }];
    }
    return r.accept('is | are | lies | lie | stands | stand | sits | sit') ? readState(r, lexicon) : undefined;
  });
}

/** Reads "lying to the left of the cube", "you see next to the brick". */
const readLying = (r: Reader, lexicon: Lexicon, before: readonly Filter[]): readonly Filter[] | undefined =>
  r.attempt(() => {
    if (
      !r.accept(
        'lying | located | standing | sitting | placed | positioned | found | that you see | that you can see | you see | you can see | that can be found',
      )
    )
      return undefined;
    return (
      readRelation(r, lexicon, before) ??
      r.attempt(() => {
        const place = r.accept('on | at | to') ? readPlace(r, lexicon) : undefined;
        return place?.side && !isTray(place) ? [{ by: 'extreme' as const, towards: place.side }] : undefined;
      })
    );
  });

/** Reads a state after "is": a word, a weight, a place, a relation. */
export function readState(r: Reader, lexicon: Lexicon): readonly Filter[] | undefined {
  if (r.accept('neither')) {
    const things = readThingsList(r, lexicon, { plain: true });
    return things && [{ by: 'exclusion', things }];
  }
  const not = r.accept('not') !== undefined;
  r.accept('already | still | currently | lying | standing | located | sitting');
  const relation = not ? undefined : readRelation(r, lexicon, []);
  if (relation) return relation;
  const place = r.attempt(() => (r.accept('on | in | at') ? readPlace(r, lexicon) : undefined));
  const acceptYet = () => r.accept('yet | already | at the moment');
  if (place) {
    acceptYet();
    return [
      !not && place.side && !isTray(place) ? { by: 'extreme', towards: place.side } : { by: 'place', on: place, not },
    ];
  }
  if (not && r.sees('a | an | the | one of')) {
    const things = readThingsList(r, lexicon, { plain: true });
    return things && [{ by: 'exclusion', things }];
  }
  r.accept('a | an | the');
  const weight = not ? undefined : r.lookup(WEIGHTS);
  if (weight) return [{ by: 'weight', weight }];
  const word = r.lookup(COLOURS) ?? r.lookup(SHAPES);
  return word === undefined ? undefined : [{ by: 'word', word, not }];
}

const readExclusion = (r: Reader, lexicon: Lexicon, options: ThingOptions): readonly Filter[] | undefined =>
  r.attempt(() => {
    if (!r.accept(EXCLUDING)) return undefined;
    const things = readThingsList(r, lexicon, { ...options, commas: true });
    return things && !r.sees('goes | go | belongs | stays') ? [{ by: 'exclusion', things }] : undefined;
  });

const SKILL_OF: Readonly<Record<string, string>> = {
  put: 'place',
  placed: 'place',
  set: 'place',
  took: 'pick',
  lifted: 'pick',
  picked: 'pick',
  grabbed: 'pick',
  had: 'pick',
  weighed: 'weigh',
  moved: 'place',
};

/** Reads "you just put down". */
const readHistory = (r: Reader): readonly Filter[] | undefined =>
  r.attempt(() => {
    r.accept('that | which');
    if (!r.accept('you | i')) return undefined;
    r.accept('have | had');
    const skill = SKILL_OF[r.peek() ?? ''];
    if (skill === undefined) return undefined;
    r.next();
    const isDown = r.accept('down | back down | back | up | away') === 'down';
    return [{ by: 'history', skill: isDown && skill === 'place' ? 'put_down' : skill }];
  });

/** Reads "in yellow". */
const readColour = (r: Reader): readonly Filter[] | undefined =>
  r.attempt(() => {
    const word = r.accept('in') ? r.lookup(COLOURS) : undefined;
    return word === undefined ? undefined : [{ by: 'word', word }];
  });

/** Reads "on the left tray" or "on the left", where it says where the thing is. */
const readLocation = (r: Reader, lexicon: Lexicon): readonly Filter[] | undefined =>
  r.attempt(() => {
    if (r.accept('on the table | from the table | off the table | lying on the table | on table')) return [];
    if (!r.accept('off of | off | from | on | in | at')) return undefined;
    const place = readPlace(r, lexicon);
    if (!place) return undefined;
    return place.side && !isTray(place) ? [{ by: 'extreme', towards: place.side }] : [{ by: 'place', on: place }];
  });
