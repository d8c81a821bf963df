import { Random } from '@praxis/core';
import { FAR_KINDS, type NamedThing, nearPickWording, pick, type WordingKind } from '@praxis/sim';
import { wordingsOf } from '@praxis/sim/seeds';
import { isNear, type SpokenPickRequest } from './spoken-pick.ts';

/** A request for a thing that the scene does not have. */
export type AbsentPickRequest = Pick<SpokenPickRequest, 'seed' | 'kind' | 'request'>;

const COLOURS = ['red', 'green', 'blue', 'yellow', 'purple', 'orange'] as const;
const SHAPES = ['cube', 'cylinder', 'brick'] as const;

/** Things that no scene has. */
const UNKNOWN: readonly NamedThing[] = [
  { colour: '', shape: 'banana' },
  { colour: '', shape: 'hammer' },
  { colour: 'red', shape: 'pliers' },
  { colour: '', shape: 'bottle of water' },
];

/** Wordings of each kind. @param absent what the scene does not have @param present what it has */
const WORDINGS: Readonly<Record<(typeof FAR_KINDS)[number], (absent: string, present: string) => readonly string[]>> = {
  negation: (absent, present) => [
    `don't pick up the ${present}, pick up the ${absent}`,
    `do not touch the ${present}. Lift the ${absent}.`,
    `no, not the ${present}, I want the ${absent}`,
    `grab the ${absent} and nothing else`,
  ],
  contrast: (absent, present) => [
    `not the ${present}, the ${absent}`,
    `leave the ${present}, take the ${absent}`,
    `take the ${absent} instead of the ${present}`,
    `I want the ${absent} rather than the ${present}`,
  ],
  relation: (absent) => [
    `take the thing to the left of the ${absent}`,
    `lift what is right of the ${absent}`,
    `pick up the one next to the ${absent}`,
    `get the one in front of the ${absent}`,
  ],
};

/**
 * Requests of some kinds of wording in turn that ask for a thing of a colour that their scene does not have, for one beside it, or for a thing
 * that no scene has. The arm must not move.
 * @param first seed of the first scene, see `pick`
 */
export function absentPickRequests(
  first: number,
  count: number,
  kinds: readonly WordingKind[] = FAR_KINDS,
): readonly AbsentPickRequest[] {
  return Array.from({ length: count }, (_, i) => {
    const seed = first + i;
    const random = new Random(seed, 'absent pick');
    const kind = kinds[i % kinds.length];
    const { named } = pick.draw({ seed, wordings: 'report', swap: false });
    const there = random.pick([...named]);
    const colour = random.pick(COLOURS.filter((each) => named.every((thing) => thing.colour !== each)));
    const shape = random.pick([...SHAPES]);
    if (isNear(kind)) {
      const thing = random.chance(0.5) ? { colour, shape } : random.pick([...UNKNOWN]);
      return { seed, kind, request: nearPickWording(kind, thing, wordingsOf(seed), random) };
    }
    const absent = `${colour} ${shape}`;
    return { seed, kind, request: random.pick([...WORDINGS[kind](absent, `${there.colour} ${there.shape}`)]) };
  });
}
