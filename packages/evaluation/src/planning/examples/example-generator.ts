import { Random } from '@praxis/core';
import type { Plan, PlannerContext, PlanStep, SeenThing, StepRecord } from '@praxis/planner';
import { drawContext, THING_NAMES, TRAYS } from './scene.ts';
import { EXAMPLE_WORDINGS, UNKNOWN_THINGS } from './wordings.ts';

/** Kinds of examples, in the order in which they take turns. */
export const EXAMPLE_KINDS = [
  'one_step',
  'sequence',
  'condition',
  'negation',
  'relation',
  'comparison',
  'reference',
  'impossible',
  'unsafe',
  'ambiguous',
] as const;
/** Kind of an example, see {@link EXAMPLE_KINDS}. */
export type ExampleKind = (typeof EXAMPLE_KINDS)[number];

/** One labelled request: what was asked, in which context, and the right plan. */
export interface PlanExample {
  readonly kind: ExampleKind;
  readonly request: string;
  readonly context: PlannerContext;
  readonly plan: Plan;
}

type Wordings = typeof EXAMPLE_WORDINGS;

/** What a generator of one kind works with. */
interface Draw {
  readonly random: Random;
  readonly context: PlannerContext;
  /** Names of different things of the scene, in random order. */
  readonly names: readonly string[];
  readonly places: readonly [string, string];
  say(kind: keyof Wordings, values?: Readonly<Record<string, string>>): string;
}

const pick = (thing: unknown): PlanStep => ({ skill: 'pick', arguments: { thing } });
const place = (name: string): PlanStep => ({ skill: 'place', arguments: { place: name } });
const weigh = (thing: string): PlanStep => ({ skill: 'weigh', arguments: { thing } });
const bring = (thing: unknown, to: string): PlanStep[] => [pick(thing), place(to)];
const bringWhen = (thing: string, to: string, is: 'heavy' | 'light'): PlanStep[] =>
  bring(thing, to).map((step) => ({ ...step, when: { thing, is } }));
const steps = (restatement: string, ...list: PlanStep[]): Plan => ({ kind: 'steps', restatement, steps: list });
const refusal = (reason: string): Plan => ({ kind: 'refusal', reason });
const question = (text: string): Plan => ({ kind: 'question', question: text });

type Generated = { readonly request: string; readonly plan: Plan; readonly context?: PlannerContext };

const byY = (things: readonly SeenThing[]) => [...things].sort((a, b) => b.position[1] - a.position[1]);

/** Generators by kind. Kinds that need more than the scene has return undefined. */
const GENERATORS = {
  one_step: ({ say, context, names: [a], places: [p], random }) => {
    const cm = 2 + random.integer(9);
    return random.pick<() => Generated>([
      () => ({ request: say('pick', { a }), plan: steps(`take the ${a}`, pick(a)) }),
      () => ({ request: say('place', { a, p }), plan: steps(`bring the ${a} to the ${p}`, ...bring(a, p)) }),
      () => ({ request: say('open'), plan: steps('open the gripper', { skill: 'open_gripper', arguments: {} }) }),
      () => ({ request: say('home'), plan: steps('go home', { skill: 'home', arguments: {} }) }),
      () => ({ request: say('close'), plan: steps('close the gripper', { skill: 'close_gripper', arguments: {} }) }),
      () => ({
        request: say('putDown'),
        context: { ...context, held: { thing: a } },
        plan: steps(`put the ${a} down`, { skill: 'put_down', arguments: {} }),
      }),
      () => ({
        request: say('up', { x: String(cm) }),
        plan: steps(`go up ${cm} cm`, { skill: 'move', arguments: { direction: 'up', distance: cm / 100 } }),
      }),
    ])();
  },
  sequence: ({ say, context: { things }, names: [a, b], places: [p, q], random }) =>
    random.pick<() => Generated>([
      () => ({
        request: say('all', { p }),
        plan: steps(`bring everything to the ${p}`, ...byY(things).flatMap(({ name }) => bring(name, p))),
      }),
      () => ({
        request: say('twoPlaces', { a, b, p, q }),
        plan: steps(`bring the ${a} to the ${p}, the ${b} to the ${q}`, ...bring(a, p), ...bring(b, q)),
      }),
      () => ({
        request: say('placeThenPick', { a, b, p }),
        plan: steps(`bring the ${a} to the ${p}, take the ${b}`, ...bring(a, p), pick(b)),
      }),
      () => ({
        request: say('pickLast', { a, b, p }),
        plan: steps(`bring the ${a} to the ${p}, take the ${b}`, ...bring(a, p), pick(b)),
      }),
    ])(),
  condition: ({ say, names: [a], places: [p, q], random }) =>
    random.pick<() => Generated>([
      () => ({
        request: say('ifHeavy', { a, p }),
        plan: steps(`weigh the ${a}, if heavy to the ${p}`, weigh(a), ...bringWhen(a, p, 'heavy')),
      }),
      () => ({
        request: say('ifLight', { a, p }),
        plan: steps(`weigh the ${a}, if light to the ${p}`, weigh(a), ...bringWhen(a, p, 'light')),
      }),
      () => ({
        request: say('ifHeavyElse', { a, p, q }),
        plan: steps(
          `weigh the ${a}, if heavy to the ${p}, if light to the ${q}`,
          weigh(a),
          ...bringWhen(a, p, 'heavy'),
          ...bringWhen(a, q, 'light'),
        ),
      }),
    ])(),
  negation: ({ say, names: [a, b], random }) =>
    random.chance(0.7)
      ? { request: say('notThis', { a, b }), plan: steps(`take the ${a}`, pick(a)) }
      : { request: say('hold', { a }), plan: refusal('you asked me not to move') },
  relation: ({ say, context: { things }, names: [, b], random }) => {
    const ordered = byY(things);
    const reference = things.find(({ name }) => name === b)!;
    const others = things.filter(({ name }) => name !== b);
    const apart = ({ position: [x, y] }: SeenThing) => Math.hypot(x - reference.position[0], y - reference.position[1]);
    const nearest = others.reduce((best, each) => (apart(each) < apart(best) ? each : best)).name;
    return random.pick<() => Generated>([
      () => ({ request: say('leftmost'), plan: steps(`take the ${ordered[0].name}`, pick(ordered[0].name)) }),
      () => ({
        request: say('rightmost'),
        plan: steps(`take the ${ordered.at(-1)!.name}`, pick(ordered.at(-1)!.name)),
      }),
      () => ({ request: say('neighbour', { b }), plan: steps(`take the ${nearest}`, pick(nearest)) }),
    ])();
  },
  comparison: ({ say, names: [a, b], places: [p], random }) => {
    const most = random.chance(0.6);
    const thing = most ? { heaviest: [a, b] } : { lightest: [a, b] };
    return {
      request: say(most ? 'heavierOf' : 'lighterOf', { a, b, p }),
      plan: steps(
        `weigh both, the ${most ? 'heavier' : 'lighter'} to the ${p}`,
        weigh(a),
        weigh(b),
        ...bring(thing, p),
      ),
    };
  },
  reference: ({ say, context, names: [a, b], places: [p], random }) => {
    const did = (step: PlanStep): StepRecord => ({ step, outcome: 'done', seen: 'done' });
    const said = (text: string) => [{ time: 0, from: 'operator' as const, text }];
    return random.pick<() => Generated>([
      () => ({
        request: say('putItThere', { p }),
        context: {
          ...context,
          held: { thing: a },
          utterances: said(say('pick', { a })),
          history: [did(pick(a))],
        },
        plan: steps(`put the ${a} on the ${p}`, place(p)),
      }),
      () => ({
        request: say('again', { a: b }),
        context: { ...context, utterances: said(say('place', { a, p })), history: bring(a, p).map(did) },
        plan: steps(`bring the ${b} to the ${p}`, ...bring(b, p)),
      }),
      () => ({
        request: say('correction', { a: b }),
        context: {
          ...context,
          utterances: said(say('pick', { a })),
          history: [{ ...did(pick(a)), outcome: 'interrupted' as const }],
        },
        plan: steps(`take the ${b}`, pick(b)),
      }),
    ])();
  },
  impossible: ({ say, context: { things }, places: [p], random }) => {
    if (random.chance(0.5)) {
      const x = random.pick([...UNKNOWN_THINGS]);
      return { request: say('unknown', { x, p }), plan: refusal(`I don't know ${x}`) };
    }
    const a = random.pick(THING_NAMES.filter((name) => things.every((thing) => thing.name !== name)));
    return { request: say('absent', { a, p }), plan: refusal(`there is no ${a}`) };
  },
  unsafe: ({ say, names: [a] }) => ({ request: say('unsafe', { a }), plan: refusal('that is not safe') }),
  ambiguous: ({ say, context: { things }, random }) => {
    const shared = things.flatMap(({ words }) => words).filter((word, i, all) => all.indexOf(word) !== i);
    if (shared.length === 0) return undefined;
    const x = random.pick(shared);
    const choices = byY(things.filter(({ words }) => words.includes(x))).map(({ name }) => `the ${name}`);
    return { request: say('ambiguous', { x }), plan: question(`which one: ${choices.join(' or ')}?`) };
  },
} satisfies Record<ExampleKind, (draw: Draw) => Generated | undefined>;

/**
 * Generates labelled requests. The labels follow from the rules by which each request is made, not from a planner; the wordings are those
 * of `wordings.ts` alone.
 * @param count number of examples; the kinds take turns
 * @param seed equal seeds give equal examples
 */
export function* generateExamples(count: number, seed: number): Generator<PlanExample> {
  const random = new Random(seed, 'plan examples');
  for (let i = 0; i < count; ) {
    const kind = EXAMPLE_KINDS[i % EXAMPLE_KINDS.length];
    const context = drawContext(random);
    const places = random.shuffle(TRAYS.map(({ name }) => name));
    const draw: Draw = {
      random,
      context,
      names: random.shuffle(context.things.map(({ name }) => name)),
      places: [places[0], places[1]],
      say: (wording, values = {}) =>
        random.pick([...EXAMPLE_WORDINGS[wording]]).replace(/\{(\w)\}/g, (_, key: string) => values[key]),
    };
    const generate: (draw: Draw) => Generated | undefined = GENERATORS[kind];
    const example = generate(draw);
    if (!example) continue;
    yield { kind, context, ...example };
    i++;
  }
}
