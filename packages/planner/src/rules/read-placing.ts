import { isTray } from './lexicon.ts';
import type { Place } from './meaning.ts';
import { AFTER_MODAL, MODALS, WANTED } from './phrases.ts';
import { readDestination, readPlace } from './read-place.ts';
import { readThingsList } from './read-things.ts';
import { isMarkToken, type Reader } from './reader.ts';
import type { ClauseContext, Rule } from './rule.ts';

/** Reads "on the left tray put the heavy box", "the left tray: the brick", "on the other one, the cube". */
export const readPlaceFirst: Rule = (r, { lexicon }) => {
  const where = readDestination(r, lexicon) ?? r.attempt(() => readTray(r, lexicon));
  if (!where) return undefined;
  const pause = r.accept(',');
  const verb = r.accept('put | place | set | lay | move | goes | go');
  if (!verb && !pause) return undefined;
  const what = readThingsList(r, lexicon, { commas: verb !== undefined });
  if (!what || (!verb && !isEndOfClause(r))) return undefined;
  return { do: 'put', what, where };
};

/** A place that the words call a tray or by its name: no side alone. */
const readTray = (r: Reader, lexicon: ClauseContext['lexicon']): Place | undefined => {
  const where = readPlace(r, lexicon);
  return where && (where.name !== undefined || isTray(where)) ? where : undefined;
};

/** Reads "the left tray gets the cube", "the right tray is for the brick". */
export const readPlaceGets: Rule = (r, { lexicon }) => {
  const where = readTray(r, lexicon);
  if (!where) return undefined;
  if (!r.accept('gets | is for | receives | should get | should hold | should receive | must get | takes | holds'))
    return undefined;
  const what = readThingsList(r, lexicon, { commas: true });
  return what && { do: 'put', what, where };
};

/** Reads "use the left tray for the cube", "use the other tray". */
export const readUse: Rule = (r, { lexicon }) => {
  const where = r.accept('use') ? readPlace(r, lexicon) : undefined;
  if (!where) return undefined;
  const what = r.accept('for') ? readThingsList(r, lexicon) : undefined;
  return what ? { do: 'put', what, where } : { do: 'again', where };
};

/** Reads "I want the cube on the left tray", "make sure the brick ends up on the right tray", "have it moved to the left tray". */
export const readWanted: Rule = (r, { lexicon }) => {
  if (
    !r.accept(
      'make sure that | make sure | see to it that | see that | ensure that | ensure | i want | i need | i would like | i would like to have | have | let',
    )
  )
    return undefined;
  const what = readThingsList(r, lexicon, { commas: true });
  if (!what || !(r.accept(WANTED) ?? (r.accept(MODALS) && r.accept(AFTER_MODAL)))) return undefined;
  const where = readDestination(r, lexicon);
  return where && { do: 'put', what, where };
};

const isEndOfClause = (r: Reader): boolean => r.isDone || isMarkToken(r.peek()!) || r.sees('and | then');
