import type { FarKind } from '../kinds.ts';
import type { NamedThing } from './near-wording.ts';

/** A thing of a scene (m, base frame of the arm). */
export interface PlacedThing extends NamedThing {
  readonly x: number;
  readonly y: number;
}

/** A sentence, and the thing that it means. */
export type FarWording<Thing extends PlacedThing> = readonly [target: Thing, text: string];

/** Positions that differ by less than this are not told apart by words (m). */
const CLEAR_M = 0.03;

const the = ({ colour, shape }: NamedThing): string => `the ${colour} ${shape}`;

/**
 * Sentences of a kind that ask to lift one of four things, each with the thing that it means. That thing is unique, by words or by a
 * clear distance; left, right, front and behind are as seen from the robot.
 * @param things all things of the scene
 * @param order the same things in the order in which they are chosen: a sentence that could mean any of them means the first
 */
export function farPickWordings<Thing extends PlacedThing>(
  kind: FarKind,
  things: readonly Thing[],
  order: readonly Thing[],
): readonly FarWording<Thing>[] {
  if (kind === 'negation') return negations(things, order);
  return kind === 'contrast' ? contrasts(order) : relations(things);
}

function negations<Thing extends PlacedThing>(
  things: readonly Thing[],
  [target, other, third, fourth]: readonly Thing[],
): readonly FarWording<Thing>[] {
  const twins = things.flatMap((one): FarWording<Thing>[] => {
    const alike = things.filter(({ shape }) => shape === one.shape);
    if (alike.length !== 2) return [];
    const wrong = alike.find((each) => each !== one)!;
    return [
      [one, `pick up the ${one.shape} that is not ${wrong.colour}`],
      [one, `get me the ${one.shape} which isn't ${wrong.colour}, please`],
      [one, `a ${one.shape}, but not the ${wrong.colour} one`],
    ];
  });
  const shapes = new Set(things.filter((each) => each !== target).map(({ shape }) => shape));
  const unlike: FarWording<Thing>[] =
    shapes.size === 2 && !shapes.has(target.shape)
      ? [[target, `lift the one that is neither a ${[...shapes][0]} nor a ${[...shapes][1]}`]]
      : [];
  return [
    ...twins,
    ...unlike,
    [target, `don't pick up ${the(other)}, pick up ${the(target)}`],
    [target, `do not touch ${the(other)}. Lift ${the(target)}.`],
    [target, `anything but ${the(other)}, ${the(third)} and ${the(fourth)}`],
    [target, `grab ${the(target)} and nothing else`],
    [target, `no, not ${the(other)}, I want ${the(target)}`],
  ];
}

const contrasts = <Thing extends PlacedThing>([target, other]: readonly Thing[]): readonly FarWording<Thing>[] =>
  [
    `not ${the(other)}, ${the(target)}`,
    `${the(target)}, not ${the(other)}`,
    `leave ${the(other)}, take ${the(target)}`,
    `take ${the(target)} instead of ${the(other)}`,
    `I want ${the(target)} rather than ${the(other)}`,
    `forget ${the(other)} and fetch ${the(target)}`,
    `never mind ${the(other)}, lift ${the(target)}`,
    `${the(other)} stays where it is, pick up ${the(target)}`,
  ].map((text) => [target, text] as const);

const relations = <Thing extends PlacedThing>(things: readonly Thing[]): readonly FarWording<Thing>[] => [
  ...atEnd(things, (thing) => -thing.y, ['take the leftmost thing', 'pick up the one furthest to the left']),
  ...atEnd(things, (thing) => thing.y, ['lift the rightmost one', 'get the thing on the far right']),
  ...atEnd(things, ({ x, y }) => length(x, y), ['pick up the thing closest to you', 'grab the nearest one']),
  ...atEnd(things, ({ x, y }) => -length(x, y), ['fetch the one that is farthest away']),
  ...things.flatMap((anchor) => [
    ...alone(things, anchor, ({ y }) => y - anchor.y, [`take the thing to the left of ${the(anchor)}`]),
    ...alone(things, anchor, ({ y }) => anchor.y - y, [`lift what is right of ${the(anchor)}`]),
    ...alone(things, anchor, ({ x }) => x - anchor.x, [`pick up the object behind ${the(anchor)}`]),
    ...alone(things, anchor, ({ x }) => anchor.x - x, [`get the one in front of ${the(anchor)}`]),
    ...atEnd(
      things.filter((thing) => thing !== anchor),
      ({ x, y }) => length(x - anchor.x, y - anchor.y),
      [`pick up the one next to ${the(anchor)}`, `the thing nearest to ${the(anchor)}, please`],
    ),
  ]),
];

const length = (x: number, y: number): number => Math.sqrt(x * x + y * y);

/** Sentences for the thing with the smallest key, when it is clearly the smallest. */
function atEnd<Thing extends PlacedThing>(
  things: readonly Thing[],
  key: (thing: Thing) => number,
  texts: readonly string[],
): readonly FarWording<Thing>[] {
  const [first, second] = [...things].sort((a, b) => key(a) - key(b));
  return key(second) - key(first) < CLEAR_M ? [] : texts.map((text) => [first, text]);
}

/** Sentences for the only thing on a side of another one, when all others are clearly not there. */
function alone<Thing extends PlacedThing>(
  things: readonly Thing[],
  anchor: Thing,
  side: (thing: Thing) => number,
  texts: readonly string[],
): readonly FarWording<Thing>[] {
  const others = things.filter((thing) => thing !== anchor);
  const [found, ...more] = others.filter((thing) => side(thing) > -CLEAR_M);
  const isClear = found !== undefined && more.length === 0 && side(found) > CLEAR_M;
  return isClear ? texts.map((text) => [found, text]) : [];
}
