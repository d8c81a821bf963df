import { COLOURS, SHAPES } from '../context/thing-words.ts';
import { type Lexicon, refuseUnknown } from './lexicon.ts';
import type { Filter, Place, Things } from './meaning.ts';
import { EXCLUDING, GOES, MODALS, WEIGHTS } from './phrases.ts';
import { readPlace } from './read-place.ts';
import { readRelation } from './read-relation.ts';
import { isNominal, readWords } from './read-words.ts';
import type { Reader } from './reader.ts';

/** What may describe a thing, beside its words. */
export interface ThingOptions {
  /** "On the left tray" and "on the left" say where the thing is, and not where it goes. */
  readonly located?: boolean;
  /** "But" and the like begin another clause, and no exclusion. */
  readonly plain?: boolean;
  /** The things stand in a group, such as "of the cube and the brick": a relative clause after the last one describes what was chosen from it. */
  readonly grouped?: boolean;
}

/** @param one true after "the one", which has no words of its own */
type MoreOptions = ThingOptions & { readonly one: boolean };

const ALL = 'everything | all of them | all of these | all of it | each of them | both of them';
const REST =
  'everything else | anything else | the rest of them | the rest | the others | all others | all the others | the other things';
const EACH =
  'all of the | all the | all of your | all | every | each of the | each | both of the | both the | both | ' +
  'the two | the three | the four | those | these';
const ANY = 'one of the | one of | any one of the | any of the | some of the | any | an | a | some';
const THE = 'the | that | this | my | your | his | her | its';

/** Reads a phrase that means things: "the leftmost cube that is not red", "it", "all cubes but the green one". */
export function readThings(r: Reader, lexicon: Lexicon, options: ThingOptions = {}): Things | undefined {
  return r.attempt(() => {
    const start = r.at;
    const things = (quantity: Things['quantity'], filters: readonly Filter[], more: Partial<Things> = {}): Things => ({
      is: 'things',
      quantity,
      filters: [...filters, ...readMore(r, lexicon, filters, { ...options, one: r.tokens[r.at - 1] === 'one' })],
      ...more,
      text: r.textFrom(start),
    });
    if (
      r.accept(
        'whatever is | what is | whichever is | the one that is | the thing that is | all that is | whatever lies | what lies | whatever stands | what stands | ' +
          'whatever sits | all that lies | anything that is | anything that lies | whatever you see | all you see',
      )
    ) {
      const found = things('the', readState(r, lexicon) ?? []);
      return found.filters.length > 0 ? found : undefined;
    }
    const compared = readCompared(r, lexicon);
    if (compared) return things('the', compared);
    const pronoun = readPronoun(r, lexicon);
    if (pronoun) return things(pronoun, [], { pronoun: true });
    if (r.accept(REST)) return things('all', [{ by: 'rest' }]);
    if (r.accept(ALL)) return things('all', []);
    if (r.accept('anything | something else | something | whatever')) return things('any', []);
    const each = r.accept(EACH);
    const any = each ? undefined : r.accept(ANY);
    const the = each || any ? undefined : r.accept(THE);
    const { filters, other, isPlural, isNoun } = readWords(r, lexicon);
    if (filters.length === 0 && !isNoun && !other) {
      if (the || any) refuseUnknown(r, lexicon);
      return each ? things('all', []) : undefined;
    }
    if (!isNoun) refuseUnknown(r, lexicon);
    const quantity = each || (isPlural && !any) ? 'all' : any ? 'any' : 'the';
    return things(quantity, filters, other ? { other } : {});
  });
}

/** Reads things that "and" joins. @param commas whether commas join them too */
export function readThingsList(
  r: Reader,
  lexicon: Lexicon,
  options: ThingOptions & { readonly commas?: boolean } = {},
): readonly Things[] | undefined {
  const first = readThings(r, lexicon, options);
  if (!first) return undefined;
  const list = [first];
  for (;;) {
    const next = r.attempt(() => {
      if (!r.accept(...(options.commas ? [', and', ','] : []), 'and', 'or', 'nor')) return undefined;
      const more = readThings(r, lexicon, options);
      const isOther = !options.grouped && r.sees(GOES, MODALS, 'stays | stay | too | as well | means');
      return more && !isOther ? more : undefined;
    });
    if (!next) return list;
    list.push(next);
  }
}

function readPronoun(r: Reader, lexicon: Lexicon): Things['quantity'] | undefined {
  if (r.accept('it | that one | this one')) return 'the';
  if (r.accept('them')) return 'all';
  return r.attempt(() => {
    const word = r.accept('that | this | these | those');
    if (!word) return undefined;
    const isAlone = (r.sees('back') || !isNominal(r, lexicon)) && !r.sees('is') && !r.sees('other');
    if (isAlone) refuseUnknown(r, lexicon);
    return isAlone ? (word === 'that' || word === 'this' ? 'the' : 'all') : undefined;
  });
}

/** Reads "whichever of the red cube and the blue cube is heavier". */
const readCompared = (r: Reader, lexicon: Lexicon): readonly Filter[] | undefined =>
  r.attempt(() => {
    if (!r.accept('whichever of | which of | whichever one of | which one of | whichever out of | what of'))
      return undefined;
    const among = readGroupMembers(r, lexicon);
    if (!among || !r.accept('is | weighs | are | feels | turns out to be')) return undefined;
    const weight = readWeight(r);
    return weight ? [...among, { by: 'weight', weight }] : undefined;
  });

/** Reads a comparison of weight after "is" or "weighs". */
export function readWeight(r: Reader): Extract<Filter, { by: 'weight' }>['weight'] | undefined {
  const determined = r.accept('the');
  if (r.accept('more | most | the more | the most')) return 'heaviest';
  if (r.accept('less | least | the less | the least')) return 'lightest';
  const weight = r.lookup(WEIGHTS);
  if (determined && weight) r.accept('one | thing');
  return weight;
}

/** Reads what follows the noun. */
function readMore(r: Reader, lexicon: Lexicon, before: readonly Filter[], options: MoreOptions): readonly Filter[] {
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
        return place?.side && !hasTray(place) ? [{ by: 'extreme' as const, towards: place.side }] : undefined;
      })
    );
  });

/** Reads a state after "is": a word, a weight, a place, a relation. */
function readState(r: Reader, lexicon: Lexicon): readonly Filter[] | undefined {
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
      !not && place.side && !hasTray(place) ? { by: 'extreme', towards: place.side } : { by: 'place', on: place, not },
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

/** Reads "on the left of the two cubes" after "the one". */
const readEndOfGroup = (r: Reader, lexicon: Lexicon): readonly Filter[] | undefined =>
  r.attempt(() => {
    const end = r.accept('on the left of | on the right of | to the left of | to the right of');
    if (!end || !r.sees('the two | these two | those two | the pair of')) return undefined;
    const members = readGroupMembers(r, lexicon);
    return members && [...members, { by: 'extreme', towards: end.includes('left') ? 'left' : 'right' }];
  });

/** Reads "of the two boxes". */
const readGroup = (r: Reader, lexicon: Lexicon): readonly Filter[] | undefined =>
  r.attempt(() => {
    if (!r.accept('of | among | amongst | out of | between')) return undefined;
    return readGroupMembers(r, lexicon);
  });

/** Reads the things of a group, after "of": "them", "the two cubes", "the red cube and the brick". */
export function readGroupMembers(r: Reader, lexicon: Lexicon, commas = true): readonly Filter[] | undefined {
  r.accept('both');
  if (r.accept('the pair of | the two of')) r.accept('the');
  if (r.accept('them | those | these | the two | these two | those two | the three | all')) {
    const { filters } = readWords(r, lexicon);
    return filters;
  }
  const among = readThingsList(r, lexicon, { commas, plain: true, grouped: true });
  if (!among || among.length === 1) return among?.[0].filters;
  return [{ by: 'among', things: among }];
}

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
    return place.side && !hasTray(place) ? [{ by: 'extreme', towards: place.side }] : [{ by: 'place', on: place }];
  });

const hasTray = ({ text }: Place): boolean => /tray|plate|dish|pad|platform/.test(text);
