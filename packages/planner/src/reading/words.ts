import { HARMFUL } from '../check/harm.ts';
import { COLOURS, SHAPES, TRAYS } from '../context/thing-words.ts';
import { isReadable } from '../rules/phrases.ts';
import { COMMAND_FORMS } from './command-forms.ts';
import type { Description } from './goal.ts';

const table = <Meaning extends string>(rows: Readonly<Record<Meaning, string>>): ReadonlyMap<string, Meaning> =>
  new Map(
    (Object.entries(rows) as [Meaning, string][]).flatMap(([meaning, all]) =>
      all.split(' ').map((word) => [word, meaning] as const),
    ),
  );

/** Kinds of things, and the words for them. */
export const KINDS: ReadonlyMap<string, string> = new Map([
  ...SHAPES,
  ...table({
    box: 'box boxes crate crates',
    button: 'button buttons switch switches',
    drawer: 'drawer drawers compartment compartments',
    patch: 'patch patches area areas stain stains mark marks',
    socket: 'socket sockets hole holes opening openings',
  }),
]);
/** Words that name any thing. */
export const GENERIC: ReadonlySet<string> = new Set(
  'one ones thing things object objects item items something anything everything'.split(' '),
);
/** Words for weights. A comparison of two boxes says no more than the plain word. */
export const WEIGHT_WORDS = table({
  heavy: 'heavy heavier heaviest massive weighty weightier',
  light: 'light lighter lightest lightweight',
});
/** Words for how hard to press. */
export const MANNERS = table({ gently: 'gently softly lightly gentle', firmly: 'firmly strongly hard' });
/** Adjectives that choose a thing by its place. */
export const ENDS = table({
  left: 'leftmost',
  right: 'rightmost',
  near: 'nearest closest',
  far: 'farthest furthest',
});

/** Verbs of commands, and the tasks that they belong to. */
export const VERBS: ReadonlyMap<string, readonly string[]> = (() => {
  const tasks = new Map<string, string[]>();
  for (const { task, verbs } of COMMAND_FORMS)
    for (const verb of verbs.split(' ')) tasks.set(verb, [...(tasks.get(verb) ?? []), task]);
  // Verbs of nothing that a policy of the suite does.
  for (const verb of 'close shut turn rotate throw break drop release lower tilt shake stack weigh'.split(' '))
    tasks.set(verb, tasks.get(verb) ?? []);
  for (const verb of HARMFUL.keys()) tasks.set(verb, tasks.get(verb) ?? []);
  return tasks;
})();

/** Words that add nothing to a command. */
const FILLERS = new Set(
  (
    'hello hi hey dear excuse pardon kind kindly thank thanks many advance good morning afternoon evening hope really ' +
    'possibly maybe perhaps actually definitely certainly just simply very much little bit moment trouble ready go going ahead ' +
    'how let well so now then carefully friend like love wish prefer appreciate grateful favour favor okay ok right cheers ' +
    'wonder wondering able sorry oh um uh hmm yes sure colour color colored coloured clicks click until peg pin wiper ' +
    'look here see time side distance plan wait wrong better always only left alone untouched aside neighbor gap edge end distant reach whichever whatever ' +
    'about after all am anyway anybody around because been being both certain clearly course did does doing done each either enough ever every exactly few ' +
    'fine glad great had has having her him honestly however indeed it its itself lots lovely may might myself never nice nobody none often our own per ' +
    'precisely quite same she shall since some still such surely than their theirs these this those though through today together tonight truly under until ' +
    'us wanted was were whether while whom whose why wonderful yet yours particular specific intend intended interested interest matter case concern ' +
    'concerned involve careful carefully attention purpose job task target choice option wanting talking speaking referring refer asking ask asked told tell said say'
  ).split(' '),
);

/** True for a word that the reading knows: one of a command, of a thing, or one that adds nothing. */
export const isKnownToReading = (word: string): boolean =>
  isReadable(word) ||
  FILLERS.has(word) ||
  VERBS.has(word) ||
  [KINDS, COLOURS, WEIGHT_WORDS, MANNERS, ENDS].some((map) => map.has(word)) ||
  TRAYS.has(word);

/** The words that name something or ask for something, which a misspelt word can stand for. */
export const contentWords = (): readonly string[] => [
  ...VERBS.keys(),
  ...[KINDS, COLOURS, WEIGHT_WORDS, MANNERS, ENDS].flatMap((map) => [...map.keys()]),
  ...TRAYS,
  'left',
  'right',
  'instead',
];

/** What a word says of a thing; undefined for a word that describes nothing. */
export function descriptionOf(word: string): Description | undefined {
  const [kind, colour, weight, manner] = [
    KINDS.get(word),
    COLOURS.get(word),
    WEIGHT_WORDS.get(word),
    MANNERS.get(word),
  ];
  if (kind !== undefined) return { kind };
  if (colour !== undefined) return { colour };
  if (weight !== undefined) return { weight };
  return manner === undefined ? undefined : { manner };
}
