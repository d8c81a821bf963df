import { readDestination, readPlace } from './read-place.ts';
import { readThingsList } from './read-things.ts';
import type { Rule } from './rule.ts';

/** Reads "do the same with the blue cube", "again", "what I said before, but with the brick". */
export const readAgain: Rule = (r, { lexicon }) => {
  const again = r.accept(
    'do the same thing with | do the same with | do the same for | do the same to | do the same | the same with | ' +
      'the same for | the same goes for | same with | same for | same thing with | same thing for | do it again with | ' +
      'do that again with | do that with | do it with | again with | repeat that with | repeat it with | repeat with | ' +
      'repeat that for | likewise for | likewise | what i said before , but with | what i said before but with | ' +
      'what i said , but with | as before but with | as before , but with | like before but with | ' +
      'what i said before | do it again | do that again | the same again | same again | once more | one more time | ' +
      'repeat that | repeat it | again',
  );
  if (!again) return undefined;
  r.accept(', but with | but with');
  const what = readThingsList(r, lexicon);
  const where = what ? readDestination(r, lexicon) : undefined;
  return { do: 'again', ...(what ? { what } : {}), ...(where ? { where } : {}) };
};

/** Reads "no, the blue one", "I meant the brick", "the green one instead", "and the other one too". */
export const readCorrection: Rule = (r, { lexicon }) => {
  const corrects = r.accept(
    'no , i meant | no i meant | no , i said | i meant | i mean | i said | swap to | make that | make it | ' +
      'no wait , | no , wait , | no , | no',
  );
  const where = r.attempt(() => readDestination(r, lexicon) ?? (corrects ? readPlace(r, lexicon) : undefined));
  if (where && (corrects || r.accept('instead'))) return { do: 'again', where, corrects: true };
  if (where) return undefined;
  const what = readThingsList(r, lexicon);
  if (!what) return undefined;
  const more = r.accept('instead | too | as well | likewise');
  const to = r.attempt(() => readDestination(r, lexicon));
  if (!corrects && !more) return undefined;
  const last = r.accept('instead | too | as well');
  const replaces = corrects !== undefined || more === 'instead' || last === 'instead';
  return { do: 'again', what, ...(to ? { where: to } : {}), ...(replaces ? { corrects: true } : {}) };
};
