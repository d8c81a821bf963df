import { type Lexicon, refuseUnknown } from './lexicon.ts';
import type { Filter, Things } from './meaning.ts';
import { GOES, MODALS } from './phrases.ts';
import { readDetails, readState } from './read-details.ts';
import { readCompared } from './read-group.ts';
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
      filters: [...filters, ...readDetails(r, lexicon, filters, { ...options, one: r.tokens[r.at - 1] === 'one' })],
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
