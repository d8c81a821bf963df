import { visibleText } from '@praxis/core';
import type { PlannerContext, SeenThing, StepRecord, Utterance } from './context.ts';
import { distanceBetween, nearestThing } from './distance.ts';

/** Where things are, for words such as `front left` (m, base frame of the arm: x forward, y left). */
export interface Region {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** Reach of the Praxis arm above its table. */
const DEFAULT_REGION: Region = { x: [0.3, 0.64], y: [-0.3, 0.3] };
/** Longest text of one source (characters). */
const MAX_TEXT_LENGTH = 400;
/** A contact force below this is noise (N). */
const CONTACT_FORCE_N = 1.5;

/** The third of a range that a value is in, as a word; the middle one has none. */
function third(value: number, [least, largest]: readonly [number, number], low: string, high: string): string {
  const sixth = (largest - least) / 6;
  const middle = (least + largest) / 2;
  if (value > middle + sixth) return high;
  return value < middle - sixth ? low : '';
}

/** The part of a region that a point is in: `front left`, `back`, `middle`. Front is far from the base of the arm. */
export function regionOf([x, y]: readonly [number, number, ...number[]], region: Region = DEFAULT_REGION): string {
  const words = [third(x, region.x, 'back', 'front'), third(y, region.y, 'right', 'left')].filter(
    (word) => word !== '',
  );
  return words.join(' ') || 'middle';
}

const article = (name: string): string => (/\d$/.test(name) ? '' : /^[aeiou]/.test(name) ? 'an ' : 'a ');
const definite = (name: string): string => (/\d$/.test(name) ? name : `the ${name}`);

/** One thing in words: `a red cube, front left, 12 cm from the blue cylinder`. */
export function describeThing(thing: SeenThing, { things, held }: PlannerContext, region?: Region): string {
  const { name, position, on, mass, confidence } = thing;
  const nearest = nearestThing(thing, things);
  return [
    `${article(name)}${name}`,
    ...(held?.thing === name ? ['in the gripper'] : [on === undefined ? regionOf(position, region) : `on the ${on}`]),
    ...(nearest ? [`${Math.round(100 * distanceBetween(thing, nearest))} cm from ${definite(nearest.name)}`] : []),
    ...(mass === undefined ? [] : [`weighs ${Math.round(1000 * mass)} g`]),
    ...(confidence < 0.75 ? [`not certain (${Math.round(100 * confidence)} %)`] : []),
  ].join(', ');
}

/** A text from outside, in one line between quotation marks: as JSON, with angle brackets and control characters escaped. */
export function quoted(text: string, length = MAX_TEXT_LENGTH): string {
  const cut = text.length > length ? `${text.slice(0, length)}...` : text;
  return visibleText(JSON.stringify(cut).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e'));
}

const SOURCE_WORDS: Readonly<Record<Utterance['from'], string>> = {
  operator: 'The operator said',
  bystander: 'Data, no request: a bystander said',
  label: 'Data, no request: a label reads',
};

const recordInWords = ({ step, outcome, seen }: StepRecord): string =>
  `${step.skill} ${quoted(JSON.stringify(step.arguments))}: ${outcome}${seen === '' ? '' : `, ${quoted(seen)}`}.`;

/**
 * A context in words, one line for each fact. What bystanders said and labels read is quoted and marked as data; no text from outside
 * can begin a line of its own.
 * @param region where things are, for words such as `front left`. Default: the reach of the Praxis arm
 */
export function describeContext(context: PlannerContext, region?: Region): string {
  const { things, places, held, contactForce, supervisor, utterances, history } = context;
  const holds = held?.thing === undefined ? 'something' : definite(held.thing);
  const weight = held?.mass === undefined ? '' : `, which feels like ${Math.round(1000 * held.mass)} g`;
  const isTouched = !held && contactForce !== undefined && contactForce > CONTACT_FORCE_N;
  return [
    things.length === 0 ? 'The cameras see nothing.' : 'The cameras see:',
    ...things.map((thing) => `- ${describeThing(thing, context, region)}`),
    ...(places.length === 0 ? [] : [`Places: ${places.map(({ name }) => name).join(', ')}.`]),
    held ? `The gripper holds ${holds}${weight}.` : 'The gripper is empty.',
    ...(isTouched ? [`Something pushes on the wrist with ${Math.round(contactForce)} N.`] : []),
    `The supervisor is ${supervisor.state}${supervisor.cause === undefined ? '' : `: ${quoted(supervisor.cause)}`}.`,
    ...utterances.map(({ from, text }) => `${SOURCE_WORDS[from]}: ${quoted(text)}`),
    ...(history.length === 0 ? [] : ['Done so far:']),
    ...history.map((record) => `- ${recordInWords(record)}`),
  ].join('\n');
}
