import { InputError, Random } from '@praxis/core';
import {
  FAR_KINDS,
  farPickWordings,
  NEAR_KINDS,
  type NearKind,
  nearPickWording,
  type PlacedThing,
  pick,
  STUDY_PATTERNS,
  WORDING_KINDS,
  type WordingKind,
} from '@praxis/sim';
import { wordingsOf } from '@praxis/sim/seeds';

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

const nameOf = ({ colour, shape }: PlacedThing): string => `${colour} ${shape}`;

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

function blocksOf(seed: number): readonly PlacedThing[] {
  const { named, objects } = pick.draw({ seed, wordings: 'report', swap: false });
  return named.map(({ object, colour, shape }) => {
    const [x, y] = objects.find(({ name }) => name === object)!.pose;
    return { colour, shape, x, y };
  });
}

function wordingFor(kind: WordingKind, seed: number, random: Random): readonly [target: PlacedThing, request: string] {
  const blocks = blocksOf(seed);
  if (!isNear(kind)) {
    // A relation is about places alone.
    const order = kind === 'relation' ? blocks : random.shuffle([...blocks]);
    return random.pick(farPickWordings(kind, blocks, order, STUDY_PATTERNS));
  }
  const target = random.pick([...blocks]);
  return [target, nearPickWording(kind, target, wordingsOf(seed), random)];
}

/** Whether a kind asks for one thing by its name. */
export const isNear = (kind: WordingKind): kind is NearKind => NEAR_KINDS.some((near) => near === kind);
