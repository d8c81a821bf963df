import { HARMFUL } from '../check/harm.ts';
import { COLOURS, SHAPES, TRAYS } from '../context/thing-words.ts';
import type { Filter, Place } from './meaning.ts';

const words = (text: string): readonly string[] => text.split(' ');

/** Words that stand for any thing. */
export const GENERIC_NOUNS = new Set(
  words('thing things object objects one ones item items piece pieces block blocks part parts stuff'),
);
/** Nouns that stand for several things. */
export const PLURALS = new Set(
  words('cubes dice cylinders drums tins bricks boxes things objects ones items pieces blocks parts'),
);

/** Comparatives and superlatives of weight. */
export const WEIGHTS: ReadonlyMap<string, Extract<Filter, { by: 'weight' }>['weight']> = new Map([
  ...words('heavy massive weighty').map((word) => [word, 'heavy'] as const),
  ...words('light lightweight').map((word) => [word, 'light'] as const),
  ...words('heavier heaviest weightier').map((word) => [word, 'heaviest'] as const),
  ...words('lighter lightest').map((word) => [word, 'lightest'] as const),
]);

/** Adjectives of place. */
export const SIDES: ReadonlyMap<string, Extract<Filter, { by: 'extreme' }>['towards']> = new Map([
  ...words('left lefthand leftmost').map((word) => [word, 'left'] as const),
  ...words('right righthand rightmost').map((word) => [word, 'right'] as const),
  ...words('nearest closest nearer closer front').map((word) => [word, 'near'] as const),
  ...words('farthest furthest back rear').map((word) => [word, 'far'] as const),
  ...words('middle center central').map((word) => [word, 'middle'] as const),
]);

/** The sides of {@link Place}. */
export const PLACE_SIDES: ReadonlyMap<string, NonNullable<Place['side']>> = new Map([
  ...words('left lefthand leftmost').map((word) => [word, 'left'] as const),
  ...words('right righthand rightmost').map((word) => [word, 'right'] as const),
]);

/** Ordinal numbers. */
export const ORDINALS: ReadonlyMap<string, number> = new Map(
  words('first second third fourth fifth').map((word, i) => [word, i + 1]),
);

/** Words about size, which the cameras do not measure. */
export const SIZES = new Set(
  words(
    'big bigger biggest large larger largest small smaller smallest tiny tall taller tallest short shorter shortest little',
  ),
);

/** Adjectives that say nothing that could be found. */
export const VAGUE = new Set(words('nice nicer nicest pretty beautiful good better best favorite lovely'));

/** Phrases that begin an exclusion. */
export const EXCLUDING =
  'but not | but | except for | except | excepting | excluding | apart from | aside from | other than | besides | ' +
  'save for | without | rather than | instead of | and not';

/** Verbs of taking, with their particles. */
export const TAKE_VERBS =
  'get hold of | take hold of | go get | go grab | go fetch | go take | go pick up | pick up | pick | lift up | lift | grab | take | raise | get me | get | ' +
  'fetch me | fetch | grasp | give me | give us | bring me | hand me | pass me | collect | seize | hoist up | hoist | hold up | hold | find | i want | ' +
  'i need | i would like | it is | snatch up | snatch | pluck | scoop up | retrieve | obtain | bring up | pull up | elevate | clasp | secure | ' +
  'choose | select | pick out | lay hold of | get a hold of | get a grip on | up with | raise up | heave up | heave';
/** Verbs of taking after which "on" says where the thing is, and not where it goes. */
export const LIFTING = new Set([
  'pick up',
  'pick',
  'lift up',
  'lift',
  'grab',
  'raise',
  'grasp',
  'hoist',
  'find',
  ...[
    'snatch up',
    'snatch',
    'pluck',
    'scoop up',
    'retrieve',
    'bring up',
    'pull up',
    'elevate',
    'clasp',
    'secure',
    'choose',
    'select',
    'pick out',
    'raise up',
  ],
  'collect',
  'seize',
  'hold up',
  'hold',
]);
/** Verbs of putting. */
export const PUT_VERBS =
  'put | place | set | lay | drop | deposit | deliver | move | transfer | carry | bring | slide | sort | let go of | release | return | get | take | fetch | ' +
  'stick | shift | position | relocate | pop | gather | collect | clear | store | send | rest | stand | ' +
  'leave | give | pick | pick up | grab | i want | i need | i would like';
/** Auxiliaries before the verb of a sentence about a thing: "the cube should go on the tray". */
export const MODALS =
  'should | must | shall | can | may | will | has to | have to | needs to | need to | ought to | is to | are to | is supposed to | are supposed to';
/** Verbs of a sentence about a thing, before its destination: "the cube goes on the tray". */
export const GOES =
  'goes back | goes | go | going | belongs | belong | moves | comes | is | are | is for | are for | is put | is placed | is moved | are put | ' +
  'are placed | are moved | is going | are going | gets put | gets placed | gets moved | get put | get placed | get moved | ends up | end up';
/** Verbs after {@link MODALS}. */
export const AFTER_MODAL =
  'go back | go | move | come | be | be put | be placed | be moved | be set | be laid | be taken | be brought | be transferred | be carried | be set down | ' +
  'be put down | be found | end up | get put | get moved | sit | lie | rest | stand | be going';
/** Verbs after "I want the cube" and "make sure the cube", before its destination. */
export const WANTED =
  'to be | to go | to end up | to be put | to be placed | to be moved | to get moved | goes | go | ends up | end up | is | are | is put | is placed | is moved | be | gets | get | ' +
  'put | placed | moved | set | taken | brought | transferred | carried | over | across';

/** Words that function in a sentence without naming anything. */
const FUNCTION_WORDS = words(
  'the a an that this these those my your its his her our of to on onto in into at with for from by up down off over under and or but not no nor neither ' +
    'is are was be it them they you i me we us he she there here then if unless otherwise else when while once as long only should would will can could do ' +
    'does did so too also again same other another which who whose what whichever whatever how all both each every any some one two three four five six ' +
    'everything anything something nothing rest more less most least than next near beside behind front between left right middle away back home hand side ' +
    'yet already still now where was were mind bother care attention pay halfway first last finally after before instead rather table arm gripper robot together way please yes number second seconds minute ' +
    'among amongst whether has have had gets must shall may ought supposed sure happens proves seems found while whereas plus means assuming suppose determine located lying lies stands sits standing sitting ' +
    'placed positioned pair both depending subsequently thereafter additionally moreover furthermore following final uses holds receives takes ends end ' +
    'minutes upon toward further farther directly immediately own above below underneath inside out around empty free full red weight order place places finished done ready',
);
const VERBS = words(
  'snatch pluck scoop retrieve obtain pull elevate clasp secure choose select lay heave swap empty pick grab lift take raise get fetch grasp give bring hand pass collect seize hoist hold find put place set lay drop deposit deliver move transfer carry ' +
    'stick shift position relocate pop gather store send needs check ensure like going moved put taken brought transferred carried laid ' +
    'slide sort let go goes went going belongs belong weigh weighs compare look see wait hover open close turn rotate leave stays stay stop need want said ' +
    'say mean meant forget ignore mind touch use using clear start begin continue keep repeat return release picking lifting taking putting moving',
);

/** True for a word that the rules read somewhere; any other one that stands for a thing is unknown. */
export const isReadable = (word: string): boolean =>
  KNOWN.has(word) || /^\d/.test(word) || [COLOURS, SHAPES, WEIGHTS, SIDES, ORDINALS].some((map) => map.has(word));

/** Every word that a misspelt one can stand for. */
export const readableWords = (): readonly string[] => [
  ...KNOWN,
  ...[COLOURS, SHAPES, WEIGHTS, SIDES, ORDINALS].flatMap((map) => [...map.keys()]),
];

const KNOWN: ReadonlySet<string> = new Set([
  ...FUNCTION_WORDS,
  ...VERBS,
  ...GENERIC_NOUNS,
  ...PLURALS,
  ...TRAYS,
  ...SIZES,
  ...VAGUE,
  ...HARMFUL.keys(),
]);
