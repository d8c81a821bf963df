import type { Action } from './meaning.ts';
import { EXCLUDING, LIFTING, PUT_VERBS, TAKE_VERBS } from './phrases.ts';
import { readDestination, readPlace } from './read-place.ts';
import { readThingsList } from './read-things.ts';
import type { Reader } from './reader.ts';
import type { ClauseContext, Rule } from './rule.ts';

/** Reads what is to be left alone: "do not touch the red cube", "the red one I don't need", "but not on the left one". */
export const readLeave: Rule = (r, { lexicon }) => {
  const neither = r.attempt(() => readNeither(r, { lexicon }));
  if (neither) return neither;
  const forbidden = r.accept(
    'do not want | do not need | i do not want | i do not need | never mind | forget about | forget | ignore | skip | there is no need for | no need for | ' +
      'without use | without touch | not use | do not bother with | do not care about | do not mind | pay no attention to | but not | not | no , not | no not | do not use | ' +
      'do not take | hands off | keep away from | keep off | and not',
    EXCLUDING,
  );
  if (forbidden) {
    const place = r.attempt(() => readDestination(r, lexicon) ?? readPlace(r, lexicon, 'side'));
    if (place) return { do: 'leave', what: [], where: place };
    if (r.accept('anything else | anything')) return { do: 'nothing' };
    const what = readThingsList(r, lexicon, { located: true, plain: true });
    if (what) {
      acceptAlone(r);
      return { do: 'leave', what };
    }
  }
  if (r.accept('do not | never | avoid | you should not | you must not')) return readForbiddenVerb(r, { lexicon });
  const no = r.attempt(() => {
    const what = r.accept('no') && !r.sees(',') ? readThingsList(r, lexicon, { plain: true }) : undefined;
    return what?.every(({ quantity, filters }) => quantity === 'all' && filters.length > 0) ? what : undefined;
  });
  if (no) return { do: 'leave', what: no };
  if (r.accept('leave | keep | spare')) {
    const what = readThingsList(r, lexicon, { plain: true });
    if (!what || r.sees('on | onto | in | to')) return undefined;
    acceptAlone(r);
    return { do: 'leave', what };
  }
  const what = readThingsList(r, lexicon, { plain: true });
  if (!what) return undefined;
  if (
    r.accept(
      'stays | stay | remains | remain | i do not need | i do not want | we do not need | is not needed | is not what i want | is not what i need | is not the one i want | is not the one | can stay | ' +
        'should stay',
    )
  ) {
    acceptAlone(r);
    return { do: 'leave', what };
  }
  return undefined;
};

const acceptAlone = (r: Reader): void =>
  void r.accept(
    'where it is | where they are | as it is | as they are | alone | be | there | here | untouched | in peace | ' +
      'put | in place | out | for now | yet',
  );

/** Reads what follows "do not": "touch the red cube", "put it on the left tray". */
const readForbiddenVerb = (r: Reader, { lexicon }: Pick<ClauseContext, 'lexicon'>): Action | undefined => {
  const verb = r.accept(
    TAKE_VERBS,
    PUT_VERBS,
    'touch',
    'use',
    'weigh',
    'picking up',
    'touching',
    'taking',
    'lifting',
    'moving',
    'putting',
  );
  if (!verb) return undefined;
  const what = readThingsList(r, lexicon, { located: LIFTING.has(verb), plain: true });
  if (!what) return undefined;
  r.accept('up');
  const where = readDestination(r, lexicon);
  return where ? { do: 'leave', what: [], where } : { do: 'leave', what };
};

/** Reads "put neither the red cube nor the yellow cube on the left tray, only the green cylinder". */
const readNeither = (r: Reader, { lexicon }: Pick<ClauseContext, 'lexicon'>): readonly Action[] | undefined => {
  const verb = r.accept(PUT_VERBS, TAKE_VERBS);
  if (!r.accept('neither')) return undefined;
  const left = readThingsList(r, lexicon, { commas: true });
  if (!left) return undefined;
  const where = readDestination(r, lexicon);
  const only = r.attempt(() => (r.accept(', only | , just | only | , but') ? readThingsList(r, lexicon) : undefined));
  const kept: Action = { do: 'leave', what: left };
  if (!only || !verb) return [kept];
  return [kept, where ? { do: 'put', what: only, where } : { do: 'take', what: only }];
};
