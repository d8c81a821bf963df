import { isTray, isTrayNext } from './lexicon.ts';
import type { Action, Filter, Place, Things } from './meaning.ts';
import { AFTER_MODAL, GOES, LIFTING, MODALS, PUT_VERBS, TAKE_VERBS } from './phrases.ts';
import { readAgain, readCorrection } from './read-again.ts';
import { readGroupMembers } from './read-group.ts';
import { readLeave } from './read-leave.ts';
import { readMotion, readSensing } from './read-motion.ts';
import { readDestination, readPlace, TO_PLACE } from './read-place.ts';
import { readPlaceFirst, readPlaceGets, readUse, readWanted } from './read-placing.ts';
import { readThings, readThingsList } from './read-things.ts';
import { readSort, readWeigh } from './read-weigh.ts';
import type { Reader } from './reader.ts';
import { ALL, type ClauseContext, IT, NOWHERE, type Rule } from './rule.ts';

/** Reads one clause: a verb with its object, or an object alone. */
export function readClause(r: Reader, context: ClauseContext): readonly Action[] | undefined {
  for (const rule of RULES) {
    const actions = r.attempt(() => rule(r, context));
    if (actions) return Array.isArray(actions) ? (actions as readonly Action[]) : [actions as Action];
  }
  return undefined;
}

const readAbove: Rule = (r, { lexicon }) => {
  if (
    !r.accept(
      'hover over | hover above | move the gripper over | move the gripper above | move your hand over | move above | ' +
        'move over | move to above | go above | go over | move to | go to',
    )
  )
    return undefined;
  r.accept('above | over | a point above');
  const what = readPlace(r, lexicon) ?? readThings(r, lexicon, { located: true });
  return what && !r.sees('and lift | and pick | and grab') ? { do: 'go above', what } : undefined;
};

/** Reads "of the two cubes, put the heavier one on the left tray": the group comes first. */
const readFronted: Rule = (r, context) => {
  if (!r.accept('of | out of | between | among | amongst | from | from among')) return undefined;
  const members = readGroupMembers(r, context.lexicon, false);
  if (!members) return undefined;
  r.accept(',');
  const clause = readClause(r, context);
  const chosen = clause?.map((action) => chosenFrom(members, action));
  return chosen?.some((action, i) => action !== clause?.[i]) ? chosen : undefined;
};

/** The action with things that are chosen by weight or place from a group. */
function chosenFrom(members: readonly Filter[], action: Action): Action {
  if (action.do !== 'put' && action.do !== 'take') return action;
  const isChosen = ({ filters }: Things): boolean =>
    filters.some(({ by }) => by === 'weight' || by === 'extreme') && !filters.some(({ by }) => by === 'word');
  if (!action.what.some(isChosen)) return action;
  const what = action.what.map((each) => (isChosen(each) ? { ...each, filters: [...members, ...each.filters] } : each));
  return { ...action, what };
}

const readPut: Rule = (r, { lexicon }) => {
  const verb = r.accept(PUT_VERBS);
  if (!verb) return undefined;
  const isDown = r.accept('back down | down') !== undefined;
  const isAway = !isDown && r.accept('away') !== undefined;
  const what = readThingsList(r, lexicon, { commas: true });
  if (!what) return undefined;
  r.accept('up | over | across');
  const located = r.attempt(() => readFrom(r, what, { lexicon }) ?? readBetweenPlaces(r, what, lexicon));
  const things = located ?? what;
  const after = r.accept('back down | down | back | again');
  const where = r.attempt(() => readDestination(r, lexicon, TO_PLACE) ?? readBareSide(r, lexicon));
  if (where) return { do: 'put', what: things, where };
  const lets = ['let go of', 'release', 'drop'].includes(verb);
  if (isDown || after?.includes('down') || lets || (after === 'back' && verb !== 'take')) {
    r.accept('again | on the table | where it was | on the spot | there');
    return { do: 'put down', what: things };
  }
  if (isAway || r.accept('away | aside | somewhere else | somewhere'))
    return { do: 'put', what: things, where: NOWHERE };
  if (!['put', 'place', 'set', 'lay', 'deposit', 'deliver', 'transfer', 'move'].includes(verb)) return undefined;
  r.accept('over a bit | over | a bit');
  return { do: 'put', what: things, where: NOWHERE };
};

/** Reads "left" in "put the red one left". */
const readBareSide = (r: Reader, lexicon: ClauseContext['lexicon']): Place | undefined =>
  r.sees('left | right') ? readPlace(r, lexicon, 'side') : undefined;

/** Reads "on the left tray" or "on the left" where another place follows: "move everything on the left tray to the right tray". */
const readBetweenPlaces = (
  r: Reader,
  what: readonly Things[],
  lexicon: ClauseContext['lexicon'],
): readonly Things[] | undefined => {
  const on = r.accept('on | in') ? readPlace(r, lexicon) : undefined;
  if (!on) return undefined;
  const { side } = on;
  if (side && !isTray(on))
    return r.sees(TO_PLACE)
      ? what.map((each) => ({ ...each, filters: [...each.filters, { by: 'extreme', towards: side }] }))
      : undefined;
  return r.sees('to | onto | into') ? locatedAt(what, on) : undefined;
};

const locatedAt = (what: readonly Things[], on: Place): readonly Things[] =>
  what.map((each) => (each.pronoun ? each : { ...each, filters: [...each.filters, { by: 'place', on }] }));

/** Reads "off the left tray", "from the tray on the right". */
function readFrom(
  r: Reader,
  what: readonly Things[],
  { lexicon }: Pick<ClauseContext, 'lexicon'>,
): readonly Things[] | undefined {
  if (!r.accept('off of | off | from | out of')) return undefined;
  if (r.accept('the table | table | there')) return what;
  const on = readPlace(r, lexicon);
  return on && locatedAt(what, on);
}

const readTake: Rule = (r, { lexicon }) => {
  const verb = r.accept(TAKE_VERBS);
  if (!verb) return undefined;
  r.accept('up');
  const what = readThingsList(r, lexicon, { located: LIFTING.has(verb) });
  if (!what) return undefined;
  r.accept('up');
  const things = r.attempt(() => readFrom(r, what, { lexicon })) ?? what;
  if (
    r.accept(
      'to compare them | to compare their weights | and compare them | and compare their weights | to weigh them | and weigh them | to feel which is heavier',
    )
  )
    return { do: 'weigh', what: things };
  r.accept('that i want | i want | i need | up | again');
  r.attempt(() =>
    r.accept(
      'and lift it up | and lift it | and hold it up | and hold it | and pick it up | and grab it | off the table',
    ),
  );
  return { do: 'take', what: things };
};

/** Reads "the box goes on the left tray", "everything onto the right tray", "red cube left tray", "once the cube is on the tray". */
const readGoes: Rule = (r, { lexicon }) => {
  const isWith = r.accept('with') !== undefined;
  const start = r.at;
  const acceptGoes = (): string | undefined =>
    r.attempt(() => (r.accept(MODALS) ? r.accept(AFTER_MODAL) : undefined)) ?? r.accept(GOES, 'are | ,');
  let what = readThingsList(r, lexicon, { commas: true });
  if (!what) return undefined;
  let goes = acceptGoes();
  if (isWith && goes !== 'going') return undefined;
  if (!goes) {
    const end = r.at;
    // "The cube on the left goes on the right tray": the first "on" says where it is.
    r.at = start;
    const located = readThingsList(r, lexicon, { commas: true, located: true });
    goes = located && !r.sees(',') ? acceptGoes() : undefined;
    if (goes && located) what = located;
    else r.at = end;
  }
  const isSide = goes !== undefined && goes !== ',' && goes !== 'is';
  // "The cube on the right" is a description, "the cube on the right tray" a destination.
  const isDescribed =
    !goes &&
    r.sees('on the left | on the right | at the left | at the right') &&
    !isTrayNext(r, 3) &&
    r.peek(3) !== 'one';
  if (isDescribed) return undefined;
  r.accept('over | across | down');
  const where = readDestination(r, lexicon) ?? readPlace(r, lexicon, isSide || !goes ? 'side' : 'full');
  return where && { do: 'put', what, where };
};

const readNothing: Rule = (r) => {
  if (
    r.accept(
      'do nothing | nothing | do not do anything | leave it | leave it alone | leave it there | leave it be | leave it where it is | leave it as it is | ' +
        'leave it on the table | leave it where it was | let it be | leave them | leave them alone | leave them where they are',
    )
  )
    return { do: 'nothing' };
  if (r.accept('clear the table | tidy up | tidy the table | clean up | clear up')) {
    r.accept('the table');
    return { do: 'put', what: [ALL], where: NOWHERE };
  }
  return undefined;
};

const readBare: Rule = (r, { lexicon }) => {
  r.accept('only');
  const start = r.at;
  const plain = readThingsList(r, lexicon);
  const where = plain && readDestination(r, lexicon, 'on | at');
  r.at = start;
  const what = readThingsList(r, lexicon, { located: true });
  if (!what) return undefined;
  r.attempt(() =>
    r.accept(
      ', lift that | , lift it | , take it | , take that | , grab it | , pick it up | , that one | lift it | lift that',
    ),
  );
  return { do: 'take', what, bare: true, ...(plain && where ? { or: { what: plain, where } } : {}) };
};

const readBarePlace: Rule = (r, { lexicon }) => {
  const where = readDestination(r, lexicon) ?? readPlace(r, lexicon, 'side');
  return where && { do: 'again', where };
};

const readGripperIt: Rule = (r) => {
  if (r.accept('close it | shut it')) return { do: 'skill', skill: 'close_gripper', args: {} };
  return r.accept('open it') ? { do: 'skill', skill: 'open_gripper', args: {} } : undefined;
};

const readLetGo: Rule = (r) =>
  r.accept('let it go | let go | release it | drop it') && !r.sees('of | on | onto | in | into | over | to | there')
    ? { do: 'put down', what: [IT] }
    : undefined;

const readEmpty: Rule = (r, { lexicon }) => {
  const on = r.accept('empty | clear') ? readPlace(r, lexicon) : undefined;
  return on && { do: 'put', what: [{ ...ALL, filters: [{ by: 'place', on }] }], where: { ...NOWHERE, other: true } };
};

const motion: Rule = (r, { language }) => readMotion(r, language);

const RULES: readonly Rule[] = [
  readSensing,
  readAgain,
  readNothing,
  readLeave,
  readCorrection,
  readWeigh,
  readSort,
  readPlaceGets,
  readUse,
  readFronted,
  readWanted,
  readEmpty,
  readLetGo,
  motion,
  readPut,
  readAbove,
  readGripperIt,
  readPlaceFirst,
  readTake,
  readGoes,
  readBare,
  readBarePlace,
];
