import { describe, expect, it } from 'vitest';
import type { PlannerContext, SeenThing } from '../context/context.ts';
import { conditionHolds, resolveReference } from '../context/references.ts';
import type { Plan, ThingReference } from '../plan/plan.ts';
import { Catalogue } from '../skills/catalogue.ts';
import { SHIPPED_SKILLS } from '../skills/shipped/index.ts';
import { seen, testCell, testContext } from '../testing/scene.ts';
import { RulesPlanner } from './rules-planner.ts';
import { ELLIPSIS_WORDINGS, JOINT_WORDINGS, WORDINGS, type WordingKind } from './testing/wordings.ts';

const HEAVY_KG = 0.4;
const LIGHT_KG = 0.1;
const cell = testCell();
const catalogue = new Catalogue(SHIPPED_SKILLS, cell);
const planner = new RulesPlanner();

/** Six things, two of which look alike; red is left of blue, and yellow right of both. */
const THINGS = [
  seen('green cylinder 1', 0.5, 0.17),
  seen('red cube', 0.42, 0.12),
  seen('blue brick', 0.52, 0.05),
  seen('purple cube', 0.4, -0.02),
  seen('green cylinder 2', 0.55, -0.08),
  seen('yellow brick', 0.43, -0.16),
];

/** Where things are that a plan moves, by name: each place that it puts them on. */
type Moved = Readonly<Record<string, string>>;
type Masses = Readonly<Record<string, number>>;
type Slots = Readonly<Record<string, string>>;

const fill = (pattern: string, slots: Slots): string =>
  pattern.replace(/\{(\w+)\}/g, (_, slot: string) => slots[slot] ?? `{${slot}}`);

/** Follows a plan in a world where things have these masses, as its execution would. */
function follow(plan: Plan, masses: Masses): Moved | string {
  if (plan.kind !== 'steps') return plan.kind === 'question' ? plan.question : plan.reason;
  const known = new Set<string>();
  const on = new Map<string, string>();
  let held: string | undefined;
  for (const { skill, arguments: args, when } of plan.steps) {
    const context: PlannerContext = testContext(
      THINGS.map((thing): SeenThing => ({ ...thing, ...(known.has(thing.name) ? { mass: masses[thing.name] } : {}) })),
    );
    if (when) {
      const holds = conditionHolds(when, context, cell.heavyMass);
      if (holds === undefined) return 'a condition that cannot be decided';
      if (!holds) continue;
    }
    const thing = args.thing === undefined ? undefined : resolveReference(args.thing as ThingReference, context);
    if (skill === 'weigh') known.add(thing!);
    if (skill === 'pick') held = thing;
    if (skill === 'put_down') held = undefined;
    if (skill === 'place') {
      on.set(held!, String(args.place));
      held = undefined;
    }
  }
  return Object.fromEntries(on);
}

interface Case {
  readonly slots: Slots;
  /** What the clause moves, for the masses of the things. */
  moved(masses: Masses): Moved;
}

const other = { left: 'right', right: 'left', heavy: 'light', light: 'heavy' } as const;
const SIDES = ['left', 'right'] as const;
const WEIGHTS = ['heavy', 'light'] as const;
const tray = (side: string): string => `${side} tray`;
const weightOf = (mass: number): string => (mass === HEAVY_KG ? 'heavy' : 'light');
const weighing = (weight: 'heavy' | 'light') => ({
  weight,
  opposite: other[weight],
  comparison: weight === 'heavy' ? 'heavier' : 'lighter',
  superlative: weight === 'heavy' ? 'heaviest' : 'lightest',
  more: weight === 'heavy' ? 'more' : 'less',
});
const trays = (side: (typeof SIDES)[number]) => ({ side, other: other[side] });
const PAIRS = [
  ['red cube and the blue brick', 'red cube', 'blue brick'],
  ['two green cylinders', 'green cylinder 1', 'green cylinder 2'],
  ['two cubes', 'red cube', 'purple cube'],
] as const;

type Side = (typeof SIDES)[number];
const namedFor = (side: Side): string => (side === 'left' ? 'red cube' : 'yellow brick');

/** The cases of each kind of clause that goes to a tray: with all weights and sides. */
const CASES: Readonly<Record<WordingKind, (side: Side) => readonly Case[]>> = {
  put(side) {
    const thing = namedFor(side);
    return [{ slots: { ...trays(side), thing }, moved: () => ({ [thing]: tray(side) }) }];
  },
  'if weight'(side) {
    const thing = namedFor(side);
    return WEIGHTS.map((weight) => ({
      slots: { ...trays(side), ...weighing(weight), thing },
      moved: (masses) => (weightOf(masses[thing]) === weight ? { [thing]: tray(side) } : {}),
    }));
  },
  'by weight'(side) {
    const thing = namedFor(side);
    return WEIGHTS.map((weight) => ({
      slots: { ...trays(side), ...weighing(weight), thing },
      moved: (masses) => ({ [thing]: tray(weightOf(masses[thing]) === weight ? side : other[side]) }),
    }));
  },
  compared: (side) =>
    PAIRS.flatMap(([pair, a, b]) =>
      WEIGHTS.map((weight) => ({
        slots: { ...trays(side), ...weighing(weight), pair },
        moved: (masses) => ({ [weightOf(masses[a]) === weight ? a : b]: tray(side) }),
      })),
    ),
  beside: (side) =>
    SIDES.map((relation) => ({
      slots: { ...trays(side), relation, thing: 'blue brick' },
      moved: () =>
        Object.fromEntries(
          THINGS.filter(({ name }) => name !== 'blue brick')
            .filter(({ position: [, y] }) => y > 0.05 === (relation === 'left'))
            .map(({ name }) => [name, tray(side)]),
        ),
    })),
  twin: (side) =>
    SIDES.map((relation) => ({
      slots: { ...trays(side), relation, pair: 'two green cylinders', one: 'green cylinder' },
      moved: () => ({ [relation === 'left' ? 'green cylinder 1' : 'green cylinder 2']: tray(side) }),
    })),
};

const casesOf = (kind: WordingKind): readonly Case[] => SIDES.flatMap(CASES[kind]);

/** Worlds in which the things of every pair differ in weight. */
const WORLDS: readonly Masses[] = [HEAVY_KG, LIGHT_KG].map((first) => {
  const second = HEAVY_KG + LIGHT_KG - first;
  return {
    'green cylinder 1': first,
    'green cylinder 2': second,
    'red cube': first,
    'blue brick': second,
    'purple cube': second,
    'yellow brick': first,
  };
});

async function misread(request: string, moved: (masses: Masses) => Moved): Promise<string | undefined> {
  const { plan } = await planner.plan({ request, context: testContext(THINGS), catalogue });
  for (const masses of WORLDS) {
    const result = follow(plan, masses);
    const expected = moved(masses);
    const isRight =
      typeof result !== 'string' &&
      Object.keys(result).length === Object.keys(expected).length &&
      Object.entries(expected).every(([name, place]) => result[name] === place);
    if (!isRight) return `${request} -> ${typeof result === 'string' ? result : JSON.stringify(result)}`;
  }
  return undefined;
}

const misreadOf = async (requests: readonly (readonly [string, Case['moved']])[]): Promise<readonly string[]> =>
  (await Promise.all(requests.map(([request, moved]) => misread(request, moved)))).filter((each) => each !== undefined);

describe('a thing of which the pictures leave a word open', () => {
  const green = { ...seen('green cube', 0.5, 0), alternatives: ['cylinder'] };
  const planned = async (request: string, things: readonly SeenThing[]) =>
    (await planner.plan({ request, context: testContext(things), catalogue })).plan;

  it('is meant by its other word when nothing else is', async () => {
    expect(await planned('lift the green cylinder', [green, THINGS[1]])).toMatchObject({
      steps: [{ skill: 'pick', arguments: { thing: 'green cube' } }],
    });
    expect(await planned('lift the green cylinder', [seen('green cube', 0.5, 0)])).toMatchObject({ kind: 'refusal' });
  });

  it('is not meant where another thing surely has the words, and makes up a pair', async () => {
    const sure = seen('green cylinder', 0.4, 0.1);
    expect(await planned('lift the green cylinder', [green, sure])).toMatchObject({
      steps: [{ skill: 'pick', arguments: { thing: 'green cylinder' } }],
    });
    expect(await planned('put the right one of the two green cylinders on the left tray', [green, sure])).toMatchObject(
      {
        steps: [{ skill: 'pick', arguments: { thing: 'green cube' } }, { skill: 'place' }],
      },
    );
  });
});

it('a group with a thing that nobody sees is no group of the others', async () => {
  const request = 'put the heavier one of the white cube and the red cube on the left tray';
  const { plan } = await planner.plan({ request, context: testContext(THINGS), catalogue });
  expect(plan).toMatchObject({ kind: 'refusal', reason: expect.stringMatching(/no white cube/) });
});

describe('the rules read a clause however it is said', () => {
  it.each(Object.keys(WORDINGS) as WordingKind[])('%s', async (kind) => {
    const requests = WORDINGS[kind].flatMap((pattern) =>
      casesOf(kind).map(({ slots, moved }) => [fill(pattern, slots), moved] as const),
    );
    expect(await misreadOf(requests)).toEqual([]);
  });

  it('after another one, with any words between them', async () => {
    const first = { 'purple cube': 'left tray' };
    const requests = JOINT_WORDINGS.flatMap((joint) =>
      (['put', 'if weight', 'by weight'] as const).flatMap((kind) =>
        casesOf(kind).map(
          ({ slots, moved }) =>
            [
              `put the purple cube on the left tray${joint}${fill(WORDINGS[kind][0], slots)}`,
              (masses: Masses) => ({ ...first, ...moved(masses) }),
            ] as const,
        ),
      ),
    );
    expect(await misreadOf(requests)).toEqual([]);
  });

  it('that leaves out the verb of the clause before it', async () => {
    const requests = ELLIPSIS_WORDINGS.flatMap((pattern) =>
      casesOf('put').map(
        ({ slots, moved }) =>
          [
            `put the purple cube on the ${slots.other} tray${fill(pattern, slots)}`,
            (masses: Masses) => ({ 'purple cube': `${slots.other} tray`, ...moved(masses) }),
          ] as const,
      ),
    );
    expect(await misreadOf(requests)).toEqual([]);
  });
});
