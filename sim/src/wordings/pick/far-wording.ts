import type { FarKind } from '../kinds.ts';
import { fillPatterns } from '../wordings.ts';
import type { FarPatterns } from './far-patterns.ts';
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

const nameOf = ({ colour, shape }: NamedThing): string => `${colour} ${shape}`;

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
  patterns: FarPatterns,
): readonly FarWording<Thing>[] {
  if (kind === 'negation') return negations(things, order, patterns);
  return kind === 'contrast' ? contrasts(order, patterns) : relations(things, patterns);
}

function negations<Thing extends PlacedThing>(
  things: readonly Thing[],
  [target, ...others]: readonly Thing[],
  patterns: FarPatterns,
): readonly FarWording<Thing>[] {
  const twins = things.flatMap((one): readonly FarWording<Thing>[] => {
    const alike = things.filter(({ shape }) => shape === one.shape);
    if (alike.length !== 2) return [];
    const wrong = alike.find((each) => each !== one)!;
    return meaning(one, fillPatterns(patterns.negationTwin, { shape: one.shape, wrong: wrong.colour }));
  });
  const shapes = [...new Set(others.map(({ shape }) => shape))];
  const isUnlike = shapes.length === 2 && !shapes.includes(target.shape);
  const unlike = isUnlike ? fillPatterns(patterns.negationShapes, { a: shapes[0], b: shapes[1] }) : [];
  const [other, third, fourth] = others.map(nameOf);
  return [
    ...twins,
    ...meaning(target, [
      ...unlike,
      ...fillPatterns(patterns.negationNamed, { other, target: nameOf(target) }),
      ...fillPatterns(patterns.negationAll, { other, third, fourth }),
    ]),
  ];
}

const contrasts = <Thing extends PlacedThing>(
  [target, other]: readonly Thing[],
  { contrast }: FarPatterns,
): readonly FarWording<Thing>[] =>
  meaning(target, fillPatterns(contrast, { other: nameOf(other), target: nameOf(target) }));

const relations = <Thing extends PlacedThing>(
  things: readonly Thing[],
  patterns: FarPatterns,
): readonly FarWording<Thing>[] => [
  ...atEnd(things, (thing) => -thing.y, patterns.leftmost),
  ...atEnd(things, (thing) => thing.y, patterns.rightmost),
  ...atEnd(things, ({ x, y }) => length(x, y), patterns.nearest),
  ...atEnd(things, ({ x, y }) => -length(x, y), patterns.farthest),
  ...things.flatMap((anchor) => {
    const named = { anchor: nameOf(anchor) };
    return [
      ...alone(things, anchor, ({ y }) => y - anchor.y, fillPatterns(patterns.leftOf, named)),
      ...alone(things, anchor, ({ y }) => anchor.y - y, fillPatterns(patterns.rightOf, named)),
      ...alone(things, anchor, ({ x }) => x - anchor.x, fillPatterns(patterns.behind, named)),
      ...alone(things, anchor, ({ x }) => anchor.x - x, fillPatterns(patterns.inFrontOf, named)),
      ...atEnd(
        things.filter((thing) => thing !== anchor),
        ({ x, y }) => length(x - anchor.x, y - anchor.y),
        fillPatterns(patterns.nearestTo, named),
      ),
    ];
  }),
];

const meaning = <Thing extends PlacedThing>(thing: Thing, texts: readonly string[]): readonly FarWording<Thing>[] =>
  texts.map((text) => [thing, text]);

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
