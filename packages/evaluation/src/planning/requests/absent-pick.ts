import { Random } from '@praxis/core';
import { pick } from '@praxis/sim';
import { SPOKEN_KINDS, type SpokenPickRequest } from './spoken-pick.ts';

/** A request for a thing that the scene does not have. */
export type AbsentPickRequest = Pick<SpokenPickRequest, 'seed' | 'kind' | 'request'>;

const COLOURS = ['red', 'green', 'blue', 'yellow', 'purple', 'orange'] as const;
const SHAPES = ['cube', 'cylinder', 'brick'] as const;

/** Wordings of each kind. @param absent what the scene does not have @param present what it has */
const WORDINGS: Readonly<Record<SpokenPickRequest['kind'], (absent: string, present: string) => readonly string[]>> = {
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
 * Requests with negation, contrast and relations, the kinds in turn, that ask for a thing of a colour that their scene does not have, or for one
 * beside it. The arm must not move.
 * @param first seed of the first scene, see `pick`
 */
export function absentPickRequests(first: number, count: number): readonly AbsentPickRequest[] {
  return Array.from({ length: count }, (_, i) => {
    const seed = first + i;
    const random = new Random(seed, 'absent pick');
    const kind = SPOKEN_KINDS[i % SPOKEN_KINDS.length];
    const { named } = pick.draw({ seed, wordings: 'report', swap: false });
    const there = random.pick([...named]);
    const colour = random.pick(COLOURS.filter((each) => named.every((thing) => thing.colour !== each)));
    const absent = `${colour} ${random.pick([...SHAPES])}`;
    return { seed, kind, request: random.pick([...WORDINGS[kind](absent, `${there.colour} ${there.shape}`)]) };
  });
}
