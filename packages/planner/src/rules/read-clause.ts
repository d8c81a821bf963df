import type { Language } from '@praxis/teleop';
import type { Lexicon } from './lexicon.ts';
import type { Action, Place, Things } from './meaning.ts';
import { EXCLUDING, PUT_VERBS, TAKE_VERBS } from './phrases.ts';
import { readMotion, readSensing } from './read-motion.ts';
import { readDestination, readPlace, TO_PLACE } from './read-place.ts';
import { readThings, readThingsList } from './read-things.ts';
import type { Reader } from './reader.ts';

/** What the reading of a clause depends on. */
export interface ClauseContext {
  readonly lexicon: Lexicon;
  readonly language: Language;
}

type Rule = (r: Reader, context: ClauseContext) => Action | readonly Action[] | undefined;

/** Verbs after which "on" says where the thing is, and not where it goes. */
const LIFTING = new Set(
  'pick up | pick | lift up | lift | grab | raise | grasp | hoist | find | collect | seize | hold up | hold',
);
const NOWHERE: Place = { is: 'place', text: '' };
const ALL: Things = { is: 'things', quantity: 'all', filters: [], text: 'everything' };

/** Reads one clause: a verb with its object, or an object alone. */
export function readClause(r: Reader, context: ClauseContext): readonly Action[] | undefined {
  for (const rule of RULES) {
    const actions = r.attempt(() => rule(r, context));
    if (actions) return Array.isArray(actions) ? (actions as readonly Action[]) : [actions as Action];
  }
  return undefined;
}

/** Reads "do the same with the blue cube", "again", "what I said before, but with the brick". */
const readAgain: Rule = (r, { lexicon }) => {
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
const readCorrection: Rule = (r, { lexicon }) => {
  const corrects = r.accept(
    'no , i meant | no i meant | no , i said | i meant | i mean | i said | swap to | make that | make it | ' +
      'no wait , | no , wait , | no , | no',
  );
  const where = r.attempt(() => readDestination(r, lexicon) ?? (corrects ? readPlace(r, lexicon) : undefined));
  if (where && (corrects || r.accept('instead'))) return { do: 'again', where };
  if (where) return undefined;
  const what = readThingsList(r, lexicon);
  if (!what) return undefined;
  const isMore = r.accept('instead | too | as well | likewise') !== undefined;
  const to = r.attempt(() => readDestination(r, lexicon));
  if (!corrects && !isMore) return undefined;
  r.accept('instead | too | as well');
  return { do: 'again', what, ...(to ? { where: to } : {}) };
};

/** Reads what is to be left alone: "do not touch the red cube", "the red one I don't need", "but not on the left one". */
const readLeave: Rule = (r, { lexicon }) => {
  const neither = r.attempt(() => readNeither(r, { lexicon }));
  if (neither) return neither;
  const forbidden = r.accept(
    'do not want',
    'do not need',
    'i do not want',
    'i do not need',
    'never mind',
    'forget about',
    'forget',
    'ignore',
    'skip',
    'there is no need for',
    'no need for',
    'without using',
    'without touching',
    'not using',
    ...[
      'but not',
      'not',
      'do not use',
      'do not take',
      'hands off',
      'keep away from',
      'keep off',
      'anything but not',
      'and not',
      EXCLUDING,
    ],
  );
  if (forbidden) {
    const place = r.attempt(() => readDestination(r, lexicon) ?? readPlace(r, lexicon, 'side'));
    if (place) return { do: 'leave', what: [], where: place };
    const what = readThingsList(r, lexicon, { located: true });
    if (what) {
      acceptAlone(r);
      return { do: 'leave', what };
    }
  }
  if (r.accept('do not | never | avoid | you should not | you must not')) return readForbiddenVerb(r, { lexicon });
  if (r.accept('leave | keep | spare')) {
    const what = readThingsList(r, lexicon);
    if (!what || r.sees('on | onto | in | to')) return undefined;
    acceptAlone(r);
    return { do: 'leave', what };
  }
  const what = readThingsList(r, lexicon);
  if (!what) return undefined;
  if (
    r.accept(
      'stays | stay | remains | remain | i do not need | i do not want | we do not need | is not needed | can stay | ' +
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
  const what = readThingsList(r, lexicon, { located: LIFTING.has(verb) });
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

const readWeigh: Rule = (r, { lexicon }) => {
  if (
    r.accept(
      'weigh | compare the weight of | compare the weights of | compare | check the weight of | feel the weight of | ' +
        'find out the weight of',
    )
  ) {
    const what = readThingsList(r, lexicon, { commas: true, located: true });
    r.accept('with | by weight');
    return what && { do: 'weigh', what };
  }
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

const readSort: Rule = (r, { lexicon }) => {
  if (!r.accept('sort | order')) return undefined;
  const what = readThings(r, lexicon);
  if (!what || r.sees('to | onto | on')) return undefined;
  r.accept('by weight | by their weight | according to weight | by how heavy they are');
  return { do: 'sort', what };
};

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

/** Reads "on the left tray put the heavy box". */
const readPlaceFirst: Rule = (r, { lexicon }) => {
  const where = readDestination(r, lexicon);
  if (!where || !r.accept('put | place | set | lay | goes | go')) return undefined;
  const what = readThingsList(r, lexicon, { commas: true });
  return what && { do: 'put', what, where };
};

const readPut: Rule = (r, { lexicon }) => {
  const verb = r.accept(PUT_VERBS);
  if (!verb) return undefined;
  const isDown = r.accept('back down | down') !== undefined;
  const what = readThingsList(r, lexicon, { commas: true });
  if (!what) return undefined;
  r.accept('up');
  const located = r.attempt(() => readFrom(r, what, { lexicon }));
  const things = located ?? what;
  const after = r.accept('back down | down | back | again');
  const where = r.attempt(() => readDestination(r, lexicon, located ? 'to | onto | into | on' : TO_PLACE));
  if (where) return { do: 'put', what: things, where };
  const lets = ['let go of', 'release', 'drop'].includes(verb);
  if (isDown || after?.includes('down') || lets || (after === 'back' && verb !== 'take')) {
    r.accept('again | on the table | where it was | on the spot | there');
    return { do: 'put down', what: things };
  }
  if (r.accept('away | aside | somewhere else | somewhere')) return { do: 'put', what: things, where: NOWHERE };
  if (!['put', 'place', 'set', 'lay', 'deposit', 'deliver', 'transfer', 'move'].includes(verb)) return undefined;
  r.accept('over a bit | over | a bit');
  return { do: 'put', what: things, where: NOWHERE };
};

/** Reads "off the left tray", "from the tray on the right". */
function readFrom(
  r: Reader,
  what: readonly Things[],
  { lexicon }: Pick<ClauseContext, 'lexicon'>,
): readonly Things[] | undefined {
  if (!r.accept('off of | off | from | out of')) return undefined;
  if (r.accept('the table | table | there')) return what;
  const on = readPlace(r, lexicon);
  if (!on) return undefined;
  return what.map((each) => (each.pronoun ? each : { ...each, filters: [...each.filters, { by: 'place', on }] }));
}

const readTake: Rule = (r, { lexicon }) => {
  const verb = r.accept(TAKE_VERBS);
  if (!verb) return undefined;
  r.accept('up');
  const what = readThingsList(r, lexicon, { located: LIFTING.has(verb) });
  if (!what) return undefined;
  r.accept('up');
  const things = r.attempt(() => readFrom(r, what, { lexicon })) ?? what;
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
  const what = readThingsList(r, lexicon, { commas: true });
  if (!what) return undefined;
  r.accept('should');
  const goes = r.accept(
    'goes back | goes | go | belongs | belong | moves | comes | is | are | has to go | needs to go | shall go | ,',
  );
  const isSide = goes !== undefined && goes !== ',' && goes !== 'is';
  const where = readDestination(r, lexicon) ?? readPlace(r, lexicon, isSide || !goes ? 'side' : 'full');
  return where && { do: 'put', what, where };
};

const readNothing: Rule = (r) => {
  if (r.accept('do nothing | nothing | do not do anything | leave it | leave it alone | leave it there | leave it be'))
    return { do: 'nothing' };
  if (r.accept('clear the table | tidy up | tidy the table | clean up | clear up')) {
    r.accept('the table');
    return { do: 'put', what: [ALL], where: NOWHERE };
  }
  return undefined;
};

const readBare: Rule = (r, { lexicon }) => {
  r.accept('only');
  const what = readThingsList(r, lexicon, { located: true });
  if (!what) return undefined;
  r.attempt(() =>
    r.accept(
      ', lift that | , lift it | , take it | , take that | , grab it | , pick it up | , that one | lift it | lift that',
    ),
  );
  return { do: 'take', what, bare: true };
};

const readBarePlace: Rule = (r, { lexicon }) => {
  const where = readDestination(r, lexicon) ?? readPlace(r, lexicon, 'side');
  return where && { do: 'again', where };
};

const readGripperIt: Rule = (r) => {
  if (r.accept('close it | shut it')) return { do: 'skill', skill: 'close_gripper', args: {} };
  return r.accept('open it') ? { do: 'skill', skill: 'open_gripper', args: {} } : undefined;
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
  readPut,
  motion,
  readAbove,
  readGripperIt,
  readPlaceFirst,
  readTake,
  readGoes,
  readBare,
  readBarePlace,
];
