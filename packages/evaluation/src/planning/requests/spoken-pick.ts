import { InputError, Random } from '@praxis/core';
import { pick } from '@praxis/sim';
import { NEAR_KINDS, type NearKind, nearWording } from './near-wordings.ts';

/** Kinds of requests that a policy of single instructions follows badly. */
export const FAR_KINDS = ['negation', 'contrast', 'relation'] as const;
/** Every kind of wording of a request, the near ones first. */
export const WORDING_KINDS = [...NEAR_KINDS, ...FAR_KINDS] as const;
/** A kind of wording. */
export type WordingKind = (typeof WORDING_KINDS)[number];

/** Reads kinds of wording from their names, separated by commas; `near`, `far` and `all` stand for several. @throws {InputError} for an unknown kind */
export function wordingKinds(text: string): readonly WordingKind[] {
  const groups: Readonly<Record<string, readonly WordingKind[]>> = {
    near: NEAR_KINDS,
    far: FAR_KINDS,
    all: WORDING_KINDS,
  };
  const kinds = text.split(',').flatMap((name) => {
    const word = name.trim();
    const known = WORDING_KINDS.filter((kind) => kind === word);
    const found = Object.hasOwn(groups, word) ? groups[word] : known;
    if (found.length > 0) return found;
    throw new InputError(`kind of wording ${word}: expected near, far, all, or some of ${WORDING_KINDS.join(', ')}`);
  });
  return [...new Set(kinds)];
}

/** A spoken request for a scene of the task `pick`, with the thing that it means. */
export interface SpokenPickRequest {
  /** Seed of the scene. */
  readonly seed: number;
  readonly kind: WordingKind;
  readonly request: string;
  /** Name of the thing to take, such as `red cube`. */
  readonly target: string;
  /** Key of the goal for the task's judge, such as `pick red cube`. */
  readonly goalKey: string;
}

/** A thing of the scene (m, base frame of the arm). */
interface Block {
  readonly colour: string;
  readonly shape: string;
  readonly x: number;
  readonly y: number;
}

/** Positions that differ by less than this are not told apart by words (m). */
const CLEAR_M = 0.03;

const nameOf = ({ colour, shape }: Block): string => `${colour} ${shape}`;
const the = (block: Block): string => `the ${nameOf(block)}`;

type Wording = readonly [target: Block, request: string];

/**
 * Requests of some kinds of wording in turn, each for a scene of its own. The target is unique in the scene, by words or by
 * a clear distance; left, right, front and behind are as seen from the robot.
 * @param first seed of the first scene, see `pick`
 */
export function spokenPickRequests(
  first: number,
  count: number,
  kinds: readonly WordingKind[] = FAR_KINDS,
): readonly SpokenPickRequest[] {
  return Array.from({ length: count }, (_, i) => {
    const seed = first + i;
    const random = new Random(seed, 'spoken pick');
    const kind = kinds[i % kinds.length];
    const [target, request] = wordingFor(kind, seed, random);
    return { seed, kind, request, target: nameOf(target), goalKey: `pick ${nameOf(target)}` };
  });
}

function blocksOf(seed: number): readonly Block[] {
  const { named, objects } = pick.draw({ seed, wordings: 'report', swap: false });
  return named.map(({ object, colour, shape }) => {
    const [x, y] = objects.find(({ name }) => name === object)!.pose;
    return { colour, shape, x, y };
  });
}

function wordingFor(kind: WordingKind, seed: number, random: Random): Wording {
  const blocks = blocksOf(seed);
  if (!isNear(kind)) return random.pick(WORDINGS[kind](blocks, random));
  const target = random.pick([...blocks]);
  return [target, nearWording(kind, target, seed, random)];
}

/** Whether a kind asks for one thing by its name. */
export const isNear = (kind: WordingKind): kind is NearKind => NEAR_KINDS.some((near) => near === kind);

const WORDINGS: Readonly<
  Record<(typeof FAR_KINDS)[number], (blocks: readonly Block[], random: Random) => readonly Wording[]>
> = {
  negation: (blocks, random) => {
    const [target, other, third, fourth] = random.shuffle([...blocks]);
    const twins = blocks.flatMap((one): Wording[] => {
      const alike = blocks.filter(({ shape }) => shape === one.shape);
      if (alike.length !== 2) return [];
      const wrong = alike.find((each) => each !== one)!;
      return [
        [one, `pick up the ${one.shape} that is not ${wrong.colour}`],
        [one, `get me the ${one.shape} which isn't ${wrong.colour}, please`],
        [one, `a ${one.shape}, but not the ${wrong.colour} one`],
      ];
    });
    const shapes = new Set(blocks.filter((each) => each !== target).map(({ shape }) => shape));
    const unlike: Wording[] =
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
  },
  contrast: (blocks, random) => {
    const [target, other] = random.shuffle([...blocks]);
    return [
      `not ${the(other)}, ${the(target)}`,
      `${the(target)}, not ${the(other)}`,
      `leave ${the(other)}, take ${the(target)}`,
      `take ${the(target)} instead of ${the(other)}`,
      `I want ${the(target)} rather than ${the(other)}`,
      `forget ${the(other)} and fetch ${the(target)}`,
      `never mind ${the(other)}, lift ${the(target)}`,
      `${the(other)} stays where it is, pick up ${the(target)}`,
    ].map((request) => [target, request] as const);
  },
  relation: (blocks) => [
    ...atEnd(blocks, (block) => -block.y, ['take the leftmost thing', 'pick up the one furthest to the left']),
    ...atEnd(blocks, (block) => block.y, ['lift the rightmost one', 'get the thing on the far right']),
    ...atEnd(blocks, distance, ['pick up the thing closest to you', 'grab the nearest one']),
    ...atEnd(blocks, (block) => -distance(block), ['fetch the one that is farthest away']),
    ...blocks.flatMap((anchor) => [
      ...alone(blocks, anchor, (block) => block.y - anchor.y, [`take the thing to the left of ${the(anchor)}`]),
      ...alone(blocks, anchor, (block) => anchor.y - block.y, [`lift what is right of ${the(anchor)}`]),
      ...alone(blocks, anchor, (block) => block.x - anchor.x, [`pick up the object behind ${the(anchor)}`]),
      ...alone(blocks, anchor, (block) => anchor.x - block.x, [`get the one in front of ${the(anchor)}`]),
      ...atEnd(
        blocks.filter((block) => block !== anchor),
        (block) => Math.hypot(block.x - anchor.x, block.y - anchor.y),
        [`pick up the one next to ${the(anchor)}`, `the thing nearest to ${the(anchor)}, please`],
      ),
    ]),
  ],
};

const distance = ({ x, y }: Block): number => Math.hypot(x, y);

/** Wordings for the thing with the smallest key, when it is clearly the smallest. */
function atEnd(
  blocks: readonly Block[],
  key: (block: Block) => number,
  requests: readonly string[],
): readonly Wording[] {
  const [first, second] = [...blocks].sort((a, b) => key(a) - key(b));
  return key(second) - key(first) < CLEAR_M ? [] : requests.map((request) => [first, request]);
}

/** Wordings for the only thing on a side of another one, when all others are clearly not there. */
function alone(
  blocks: readonly Block[],
  anchor: Block,
  side: (block: Block) => number,
  requests: readonly string[],
): readonly Wording[] {
  const others = blocks.filter((block) => block !== anchor);
  const [found, ...more] = others.filter((block) => side(block) > -CLEAR_M);
  const isClear = found !== undefined && more.length === 0 && side(found) > CLEAR_M;
  return isClear ? requests.map((request) => [found, request]) : [];
}
