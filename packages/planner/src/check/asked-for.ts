import { wordsIn } from '@praxis/teleop';
import type { PlannerContext } from '../context/context.ts';
import { placeOf, thingOf } from '../context/lookup.ts';
import { namesIn } from '../context/references.ts';
import { COLOURS, SHAPES, TRAYS } from '../context/thing-words.ts';
import { type PlanStep, type StepPlan, thingReference } from '../plan/plan.ts';
import type { PlanRequest } from '../planners/planner.ts';
import { quantitiesIn, stepQuantity } from './quantities.ts';
import type { PlanFault } from './verdict.ts';

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Words that an English request has and hardly one in another language: others are not judged. */
const ENGLISH = set(
  'the it of by for with up down left right go move turn rotate wait take pick put grab lift bring get give set weigh open close and please my you your to',
);
/** Words for several things, or for a thing by its relation to others: they can mean any thing. */
const ANY_THING = set(
  'everything all each every rest other others another remaining any anything whatever whichever what which both them those these lot things objects items stuff ' +
    'nearer closer neighbor next near beside behind middle center central between lefthand righthand ' +
    'first second third fourth last heavy light heavier lighter weightier least swap sort table front back neither nor none farther further opposite beyond',
);
/** "The biggest", "the leftmost", "to the right of", "at the far end". */
const BY_RELATION =
  /\b(\w+(est|most)|(left|right|front|side|top) of|by the|(on|at|to|from) (the|its|your|my) (far )?(left|right|end|side))\b/;
/** Words that exclude what is described. */
const NEGATION = set('not no except excepting excluding but without besides apart never unlike');
/** Beginnings of the words that ask for a skill which acts on nothing that could be named, or for a repetition. */
const ASKS_FOR: Readonly<Record<string, RegExp>> = {
  home: /^(home|back|return|park|rest|start|initial|original|begin|ready|away|base|retract|tuck|neutral|reset|position|way|out|finish|done|idle|clear)/,
  open_gripper: /^(open|releas|let|drop|free|loos|unclamp|spread|wid|gripper|finger|claw|jaw|hand|grip|ungrip)/,
  close_gripper: /^(clos|shut|clamp|squeez|gripper|finger|claw|jaw|hand|grip|grab|grasp|hold|clench)/,
  rotate: /^(turn|rotat|twist|spin|wrist|degree|clockwise|counter|anti|quarter|half|roll|screw|swivel|radian|flip)/,
};
const REPEATS = /^(again|same|repeat|twice|once|undo|redo|other|opposite|more|continue|also|too|likewise)/;
/** Words that mean a place named before, or any of them. */
const ANY_PLACE = set(
  'there other another same again too also likewise repeat each both every all any back where either sort swap trays sides more so',
);

/**
 * What the accepted steps of a plan act on although the operator's words neither name it nor can refer to it: a thing that no description fits, a
 * place of another side, a distance, an angle or a time that differs from the one that was said, a motion home, of the gripper or of the wrist. Texts of labels and of bystanders are not
 * read, so that no wording in them passes. It reads English, and does not judge a request without an English word.
 */
export function notAskedFor({ steps }: StepPlan, request: PlanRequest): readonly PlanFault[] {
  const said = (request.said ?? [request.request]).join(' , ');
  const words = wordsIn(said);
  if (!words.some((word) => ENGLISH.has(word))) return [];
  const { context } = request;
  const earlier = context.utterances.filter(({ from }) => from === 'operator').map(({ text }) => text);
  const asked = {
    ...context,
    words,
    known: new Set([...knownThings(context), ...described([said, ...earlier].join(' , '), context).names]),
    isOpen: meansAnyThing(withoutPlaces(words, context), described(said, context).count),
    earlier: new Set([
      ...earlier.flatMap(wordsIn),
      ...context.history.flatMap(({ step }) => wordsIn(String(step.arguments.place ?? ''))),
    ]),
  };
  const quantities = quantitiesIn(words);
  return steps.flatMap((step, i) => {
    const names = [...unaskedThings(step, asked), ...unaskedPlaces(step, asked)];
    const found = stepQuantity(step);
    const stated = found ? quantities[found.dimension] : [];
    const differs = stated.length > 0 && !stated.some((value) => Math.abs(value - found!.value) <= 0.02 * value);
    return [
      ...(isSkillAsked(step, asked) ? [] : ['the request does not ask for it']),
      ...names.map((name) => `the request says nothing of the ${name}`),
      ...(differs ? [`the request says another ${found!.dimension}`] : []),
    ].map(
      (reason): PlanFault => ({ step: i + 1, kind: 'not_asked', message: `step ${i + 1} (${step.skill}): ${reason}` }),
    );
  });
}

/** The context with the words of the request, and the things that the operator's sentences and the steps so far name. */
type Asked = PlannerContext & {
  readonly words: readonly string[];
  readonly known: ReadonlySet<string>;
  /** True when its words can mean any thing. */
  readonly isOpen: boolean;
  /** Words of the operator's earlier sentences, and of the places of the steps so far. */
  readonly earlier: ReadonlySet<string>;
};

/** False for a skill such as `home` that no word of the operator asks for. */
function isSkillAsked({ skill }: PlanStep, { words, earlier, history }: Asked): boolean {
  if (!Object.hasOwn(ASKS_FOR, skill)) return true;
  return (
    [...words, ...earlier].some((word) => ASKS_FOR[skill].test(word)) ||
    (words.some((word) => REPEATS.test(word)) && history.some(({ step }) => step.skill === skill))
  );
}

/** The words without those that say which place, "the left tray", "the tray on the left", and without motions to a side. */
function withoutPlaces(words: readonly string[], { places }: PlannerContext): readonly string[] {
  const names = places.flatMap(({ name }) => wordsIn(name)).filter((word) => /^[a-z]+$/.test(word) && !SIDE.test(word));
  const noun = `(${[...new Set([...TRAYS, ...names])].join('|')})s?`;
  const before = new RegExp(`\\b(left|right)(hand|most)?( hand| side)?( hand)? ${noun}\\b`, 'g');
  const after = new RegExp(`\\b${noun} (on|at|to) (the|your|my) (far )?(left|right)( hand)?( side)?\\b`, 'g');
  return words.join(' ').replaceAll(before, 'tray').replaceAll(after, 'tray').replaceAll(TO_A_SIDE, '').split(' ');
}

const SIDE = /^(left|right)/;
/** A motion to a side, which describes no thing: "two metres to the left", "go to your right". */
const TO_A_SIDE =
  /\b((move|go|shift|slide|travel)( the (arm|hand|gripper|tool))?|([cdm]|centi|deci|milli)?m(eters?)?|inch(es)?) (to|towards?) (the|its|your|my) (left|right)\b(?! of)/g;

/** @param count number of descriptions. A lone description beside a negation may say what is not meant: "the one that is not red" */
const meansAnyThing = (words: readonly string[], count: number): boolean =>
  words.some((word) => ANY_THING.has(word)) ||
  BY_RELATION.test(words.join(' ')) ||
  (count < 2 && words.some((word) => NEGATION.has(word)));

/** Things that a word like "it" can mean: what is held, what the steps so far named, and the only thing there is. */
const knownThings = ({ held, history, things: seen }: PlannerContext): readonly string[] => [
  ...(seen.length === 1 ? [seen[0].name] : []),
  ...(held?.thing === undefined ? [] : [held.thing]),
  ...history.flatMap(({ step }) => thingsOf(step)),
];

function thingsOf({ arguments: { thing, target } }: PlanStep): readonly string[] {
  const reference = thingReference.safeParse(thing);
  return [...(reference.success ? namesIn(reference.data) : []), ...(typeof target === 'string' ? [target] : [])];
}

function unaskedThings(step: PlanStep, asked: Asked): readonly string[] {
  const { isOpen, known } = asked;
  if (isOpen) return [];
  return thingsOf(step).filter((name) => {
    const thing = thingOf(asked, name);
    const lies = thing?.on !== undefined && isPlaceNamed(thing.on, asked);
    return thing !== undefined && !known.has(name) && !lies;
  });
}

/** Names of the things that fit a description in a text, and the number of descriptions. */
function described(text: string, { things: seen }: PlannerContext): { names: readonly string[]; count: number } {
  const words = wordsIn(text);
  const meaning = (word: string): string => COLOURS.get(word) ?? SHAPES.get(word) ?? word;
  const own = new Set(seen.flatMap(({ name, words: list }) => [...list, ...name.toLowerCase().split(' ')]));
  const describes = (word: string): boolean => COLOURS.has(word) || SHAPES.has(word) || own.has(meaning(word));
  const found = new Set<string>();
  let count = 0;
  for (let i = 0; i < words.length; i++) {
    if (!describes(words[i])) continue;
    const start = i;
    count++;
    while (i + 1 < words.length && describes(words[i + 1])) i++;
    const run = words.slice(start, i + 1).map(meaning);
    const fitting = seen.filter((thing) => fits(run, thing));
    // "the red, the blue cube" without its comma: no thing fits all of it.
    const loose =
      fitting.length > 0 || run.length < 3 ? fitting : seen.filter((thing) => run.some((word) => fits([word], thing)));
    for (const { name } of loose) found.add(name);
  }
  return { names: [...found], count };
}

const fits = (run: readonly string[], { name, words }: PlannerContext['things'][number]): boolean => {
  const own = [...words, ...name.toLowerCase().split(' ')];
  return run.every((word) => own.includes(word) || own.includes(word.replace(/s$/, '')));
};

function unaskedPlaces({ arguments: { place, target } }: PlanStep, asked: Asked): readonly string[] {
  const named = [place, target].filter((name) => typeof name === 'string' && placeOf(asked, name) !== undefined);
  return named.map(String).filter((name) => !isPlaceNamed(name, asked));
}

/** True when the request has a word that this place shares with no other one, or can mean any place. */
function isPlaceNamed(name: string, { words, places, earlier }: Asked): boolean {
  if (words.some((word) => ANY_PLACE.has(word))) return true;
  const of = (each: string): readonly string[] => each.toLowerCase().split(/[\s-]+/);
  const others = new Set(places.filter((each) => each.name !== name).flatMap((each) => of(each.name)));
  const own = of(name).filter((word) => !others.has(word));
  return own.length === 0 || own.some((word) => earlier.has(word) || words.some((each) => each.startsWith(word)));
}
