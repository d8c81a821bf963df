import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { PlannerContext } from '../context/context.ts';
import { namesIn } from '../context/references.ts';
import type { PlanStep, ThingReference } from '../plan/plan.ts';
import { Catalogue } from '../skills/catalogue.ts';
import { pick } from '../skills/shipped/pick.ts';
import { place } from '../skills/shipped/place.ts';
import { put_down } from '../skills/shipped/put-down.ts';
import { weigh } from '../skills/shipped/weigh.ts';
import { defineSkill } from '../skills/skill.ts';
import { seen, testCell, testContext } from '../testing/scene.ts';
import { checkPlan } from './check-plan.ts';
import type { PlanFaultKind } from './verdict.ts';

/** A motion to a given position, which is read back. */
const reach = defineSkill({
  name: 'reach',
  description: 'Move the tool.',
  arguments: z.strictObject({ x: z.number().min(-1).max(1) }),
  uses: ['arm'],
  timeout: 5,
  unmet: () => [],
  expected: ({ x }, context) => ({ ...context, tool: [x, 0, 0.3] as const }),
  readBack: ({ x }) => (x > 0.6 ? `move to ${x} m` : undefined),
  run: async () => {},
});
const skills = [pick, place, put_down, weigh, reach];
const catalogue = new Catalogue(skills, testCell());
const things = [seen('red cube', 0.4, 0.1), seen('blue cube', 0.5, 0.05), seen('box 1', 0.45, -0.1)];
const context = testContext(things);

const step = (skill: string, args: object = {}, when?: object) => ({
  skill,
  arguments: args,
  ...(when ? { when } : {}),
});
const planOf = (...steps: object[]) => ({ kind: 'steps', restatement: 'as told', steps });
const check = (plan: unknown, at: PlannerContext = context, of = catalogue) => checkPlan(plan, of, at);
const faultsOf = (plan: unknown, at?: PlannerContext, of?: Catalogue) => {
  const verdict = check(plan, at, of);
  return verdict.accepted ? [] : verdict.faults.map(({ kind, message }) => `${kind}: ${message}`);
};
const kindsOf = (plan: unknown, at?: PlannerContext, of?: Catalogue): PlanFaultKind[] => {
  const verdict = check(plan, at, of);
  return verdict.accepted ? [] : verdict.faults.map(({ kind }) => kind);
};

describe('checkPlan accepts', () => {
  const heavy = { thing: 'red cube', is: 'heavy' };
  it.each([
    ['one step', planOf(step('pick', { thing: 'red cube' }))],
    [
      'a thing put down and another taken',
      planOf(
        step('pick', { thing: 'red cube' }),
        step('place', { place: 'left tray' }),
        step('pick', { thing: 'box 1' }),
      ),
    ],
    [
      'both branches of a condition',
      planOf(
        step('weigh', { thing: 'red cube' }),
        step('pick', { thing: 'red cube' }),
        step('place', { place: 'left tray' }, heavy),
        step('place', { place: 'right tray' }, { thing: 'red cube', is: 'light' }),
      ),
    ],
    [
      'a branch by not',
      planOf(
        step('weigh', { thing: 'red cube' }),
        step('pick', { thing: 'red cube' }),
        step('place', { place: 'left tray' }, heavy),
        step('put_down', {}, { ...heavy, not: true }),
      ),
    ],
    [
      'the heavier of two weighed things',
      planOf(
        step('weigh', { thing: 'red cube' }),
        step('weigh', { thing: 'blue cube' }),
        step('pick', { thing: { heaviest: ['red cube', 'blue cube'] } }),
      ),
    ],
    [
      'a pair of comparisons that covers both orders',
      planOf(
        step('weigh', { thing: 'red cube' }),
        step('weigh', { thing: 'blue cube' }),
        step('pick', { thing: 'red cube' }),
        step('place', { place: 'left tray' }, { thing: 'red cube', heavierThan: 'blue cube' }),
        step('place', { place: 'right tray' }, { thing: 'blue cube', heavierThan: 'red cube' }),
        step('pick', { thing: 'blue cube' }),
      ),
    ],
    [
      'a thing that is left out when the cameras do not find it',
      planOf(step('pick', { thing: 'red cube' }, { thing: 'red cube', is: 'seen' })),
    ],
    ['a question', { kind: 'question', question: 'Which one?' }],
    ['a refusal', { kind: 'refusal', reason: 'there is no banana' }],
  ])('%s', (_, plan) => expect(faultsOf(plan)).toEqual([]));

  it('a comparison of things that were weighed before', () => {
    const weighed = testContext(things.map((thing, i) => ({ ...thing, mass: 0.1 * (i + 1) })));
    expect(faultsOf(planOf(step('pick', { thing: { lightest: ['red cube', 'box 1'] } })), weighed)).toEqual([]);
  });
});

describe('checkPlan rejects', () => {
  const cases: readonly (readonly [string, unknown, PlanFaultKind, RegExp])[] = [
    ['a text', 'pick up the cube', 'schema', /^the answer is "pick up the cube", expected an object/],
    ['half a JSON object', '{"kind":"steps","steps":[{"sk', 'schema', /expected an object/],
    ['nothing', undefined, 'schema', /the answer is missing/],
    ['a list', [1, 2], 'schema', /a list of 2/],
    ['another kind', { kind: 'tools', steps: [] }, 'schema', /^kind is "tools"/],
    ['no steps', planOf(), 'schema', /^steps is \[\]/],
    ['a step without a skill', planOf({ arguments: {} }), 'schema', /^steps\.0\.skill is missing: expected string/],
    ['a field of its own', { ...planOf(step('put_down')), force: true }, 'schema', /force/],
    [
      'too many steps',
      planOf(...Array.from({ length: 21 }, () => step('put_down'))),
      'length',
      /21 steps, expected at most 20/,
    ],
    [
      'an invented skill',
      planOf(step('throw', { thing: 'red cube' })),
      'skill',
      /^step 1 \(throw\): unknown skill, expected one of: pick, place/,
    ],
    [
      'an invented thing',
      planOf(step('pick', { thing: 'banana' })),
      'unknown_thing',
      /there is no "banana", expected one of: red cube, blue cube, box 1/,
    ],
    [
      'an invented thing among several',
      planOf(step('pick', { thing: { heaviest: ['red cube', 'pear'] } })),
      'unknown_thing',
      /"pear"/,
    ],
    [
      'an invented thing in a condition',
      planOf(step('pick', { thing: 'red cube' }, { thing: 'pear', is: 'seen' })),
      'unknown_thing',
      /"pear"/,
    ],
    [
      'an invented place',
      planOf(step('pick', { thing: 'red cube' }), step('place', { place: 'my head' })),
      'unknown_place',
      /no place "my head", expected one of: left tray, right tray/,
    ],
    [
      'an invented place in a condition',
      planOf(step('pick', { thing: 'red cube' }, { thing: 'red cube', on: 'shelf' })),
      'unknown_place',
      /"shelf"/,
    ],
    ['an argument out of bounds', planOf(step('reach', { x: 5 })), 'arguments', /the argument x is 5: Too big/],
    ['a missing argument', planOf(step('reach')), 'arguments', /the argument x is missing: expected number/],
    ['an argument too many', planOf(step('put_down', { gently: true })), 'arguments', /gently/],
    [
      'a condition that asks nothing',
      planOf(step('pick', { thing: 'red cube' }, { thing: 'red cube' })),
      'condition',
      /says nothing/,
    ],
    [
      'weight that no step weighs',
      planOf(step('pick', { thing: 'red cube' }, { thing: 'red cube', is: 'heavy' })),
      'condition',
      /needs the weight of red cube, which no step before/,
    ],
    [
      'a weighing that comes too late',
      planOf(step('pick', { thing: { heaviest: ['red cube', 'box 1'] } }), step('weigh', { thing: 'box 1' })),
      'condition',
      /compares the weight of red cube and box 1/,
    ],
    ['putting down with an empty gripper', planOf(step('put_down')), 'precondition', /holds nothing/],
    [
      'placing before taking',
      planOf(step('place', { place: 'left tray' }), step('pick', { thing: 'red cube' })),
      'precondition',
      /holds nothing/,
    ],
    [
      'taking while holding',
      planOf(step('pick', { thing: 'red cube' }), step('pick', { thing: 'box 1' })),
      'order',
      /^step 2 \(pick\): the gripper holds red cube already/,
    ],
    [
      'a weighing while holding',
      planOf(step('pick', { thing: 'red cube' }), step('weigh', { thing: 'box 1' })),
      'order',
      /holds red cube/,
    ],
    [
      'one branch that leaves the gripper full',
      planOf(
        step('weigh', { thing: 'red cube' }),
        step('pick', { thing: 'red cube' }),
        step('place', { place: 'left tray' }, { thing: 'red cube', is: 'heavy' }),
        step('pick', { thing: 'box 1' }),
      ),
      'order',
      /step 4 .*holds red cube/,
    ],
    [
      'a branch whose taking was left out',
      planOf(
        step('pick', { thing: 'red cube' }, { thing: 'red cube', is: 'seen' }),
        step('place', { place: 'left tray' }),
      ),
      'precondition',
      /step 2 .*holds nothing/,
    ],
    [
      'a motion out of the workspace',
      planOf(step('reach', { x: 0.9 })),
      'region',
      /the end of the motion \(0\.90, 0\.00, 0\.30 m\) is outside/,
    ],
  ];
  it.each(cases)('%s', (_, plan, kind, message) => {
    const verdict = check(plan);
    expect(verdict).toMatchObject({ accepted: false, faults: [{ kind, message: expect.stringMatching(message) }] });
    if (!verdict.accepted) for (const fault of verdict.faults) expect(fault.message).not.toContain('\n');
  });

  it('a plan of ten thousand steps without a walk over them', () => {
    let walked = 0;
    const steps = new Proxy(new Array(10_000), {
      get: (target, key) => {
        if (typeof key === 'string' && /^\d+$/.test(key)) walked++;
        return Reflect.get(target, key);
      },
    });
    expect(kindsOf({ kind: 'steps', restatement: 'many', steps })).toEqual(['length']);
    expect(walked).toBe(0);
  });

  it('every fault that does not depend on the order, and twelve at most', () => {
    expect(kindsOf(planOf(step('fly'), step('pick', { thing: 'pear' }), step('reach', { x: 9 })))).toEqual([
      'skill',
      'unknown_thing',
      'arguments',
    ]);
    expect(kindsOf(planOf(...Array.from({ length: 20 }, () => step('fly'))))).toHaveLength(12);
  });

  it('targets in and ways through a forbidden region, and things outside the workspace', () => {
    const forbidden = [{ name: 'lamp', minimum: [0.45, -0.2, 0.1], maximum: [0.55, 0.2, 0.6] }] as const;
    const guarded = new Catalogue(skills, testCell({ forbidden }));
    expect(faultsOf(planOf(step('pick', { thing: 'blue cube' })), context, guarded)).toEqual([
      expect.stringMatching(/^region: step 1 \(pick\): the blue cube .* is in the forbidden region lamp$/),
    ]);
    expect(kindsOf(planOf(step('reach', { x: 0.7 })), context, guarded)).toEqual(['region']);
    expect(kindsOf(planOf(step('pick', { thing: 'red cube' })), context, guarded)).toEqual([]);
    expect(kindsOf(planOf(step('pick', { thing: 'pen' })), testContext([seen('pen', 0.9, 0)]))).toEqual(['region']);
  });

  it('steps whose part is busy, absent or stopped', () => {
    const take = planOf(step('pick', { thing: 'red cube' }));
    const busy = checkPlan(take, catalogue, context, { busy: ['gripper'] });
    expect(busy).toMatchObject({
      accepted: false,
      faults: [{ kind: 'capability', message: expect.stringContaining('in use') }],
    });
    expect(kindsOf(take, { ...context, supervisor: { state: 'protective_stop' } })).toEqual([
      'capability',
      'capability',
    ]);
    const { gripper: _, ...robot } = testCell().robot;
    expect(kindsOf(take, context, new Catalogue(skills, testCell({ robot })))).toEqual(['skill']);
  });

  it('a plan that cost more money than it may', () => {
    const money = { spent: 0.3, limit: 0.2 };
    expect(checkPlan(planOf(step('put_down')), catalogue, context, { money })).toMatchObject({
      faults: [{ kind: 'money' }],
    });
  });

  it('a comparison of more things than it can follow', () => {
    const many = Array.from({ length: 8 }, (_, i) => seen(`box ${i + 1}`, 0.4, -0.3 + 0.08 * i));
    const heaviest = many.map(({ name }) => name);
    const weighings = heaviest.map((thing) => step('weigh', { thing }));
    expect(faultsOf(planOf(...weighings, step('pick', { thing: { heaviest } })), testContext(many))).toEqual([
      'length: the plan compares more things than a check can follow, expected six at most',
    ]);
  });
});

describe('checkPlan reads back', () => {
  it('what a skill asks to be confirmed, and long plans as a whole', () => {
    expect(check(planOf(step('reach', { x: 0.7 }), step('reach', { x: 0.5 })))).toMatchObject({
      accepted: true,
      readBack: ['move to 0.7 m'],
    });
    const long = Array.from({ length: 7 }, () => step('reach', { x: 0.5 }));
    expect(check(planOf(...long))).toMatchObject({ readBack: ['7 steps: as told'] });
  });
});

/** An independent simulator: runs a plan with true masses. Returns false when a step has nothing to act on. */
function succeeds(steps: readonly PlanStep[], masses: Readonly<Record<string, number>>): boolean {
  const weighed = new Set<string>();
  let held: string | undefined;
  const resolve = (reference: ThingReference): string | undefined => {
    const names = [...namesIn(reference)];
    if (typeof reference === 'string') return reference;
    if (!names.every((name) => weighed.has(name))) return undefined;
    names.sort((a, b) => masses[b] - masses[a]);
    return 'heaviest' in reference ? names[0] : names.at(-1);
  };
  for (const { skill, arguments: args, when } of steps) {
    if (when) {
      const name = resolve(when.thing);
      if (name === undefined || !(name in masses) || !weighed.has(name)) return false;
      if (masses[name] >= 0.25 !== (when.is === 'heavy')) continue;
    }
    const thing = args.thing === undefined ? undefined : resolve(args.thing as ThingReference);
    if (skill === 'pick' || skill === 'weigh') {
      if (held !== undefined || thing === undefined || !(thing in masses)) return false;
      if (skill === 'weigh') weighed.add(thing);
      else held = thing;
    } else if (skill === 'place' || skill === 'put_down') {
      if (held === undefined) return false;
      if (skill === 'place' && !['left tray', 'right tray'].includes(String(args.place))) return false;
      held = undefined;
    } else return false;
  }
  return true;
}

const thingName = fc.constantFrom('red cube', 'blue cube', 'box 1', 'pear');
const anyReference = fc.oneof(
  { weight: 4, arbitrary: thingName },
  fc.record({ heaviest: fc.uniqueArray(thingName, { minLength: 2, maxLength: 3 }) }),
  fc.record({ lightest: fc.uniqueArray(thingName, { minLength: 2, maxLength: 3 }) }),
);
const anyStep = fc
  .record({
    call: fc.oneof(
      fc.record({ skill: fc.constant('pick'), arguments: fc.record({ thing: anyReference }) }),
      fc.record({ skill: fc.constant('weigh'), arguments: fc.record({ thing: thingName }) }),
      fc.record({
        skill: fc.constant('place'),
        arguments: fc.record({ place: fc.constantFrom('left tray', 'right tray', 'shelf') }),
      }),
      fc.record({ skill: fc.constantFrom('put_down', 'throw'), arguments: fc.constant({}) }),
    ),
    when: fc.option(fc.record({ thing: anyReference, is: fc.constantFrom('heavy', 'light') }), {
      nil: undefined,
      freq: 4,
    }),
  })
  .map(({ call, when }) => ({ ...call, ...(when ? { when } : {}) }));
/** A plan that is right, to mutate. */
const right: readonly object[] = [
  step('weigh', { thing: 'red cube' }),
  step('weigh', { thing: 'box 1' }),
  step('pick', { thing: { heaviest: ['red cube', 'box 1'] } }),
  step('place', { place: 'left tray' }),
  step('pick', { thing: 'red cube' }),
  step('place', { place: 'right tray' }, { thing: 'red cube', is: 'heavy' }),
  step('put_down', {}, { thing: 'red cube', is: 'light' }),
];
const mutated = fc
  .array(
    fc.record({
      how: fc.constantFrom('drop', 'swap', 'insert', 'replace'),
      at: fc.nat(6),
      to: fc.nat(6),
      step: anyStep,
    }),
    { maxLength: 3 },
  )
  .map((changes) => {
    const steps = [...right];
    for (const { how, at, to, step: other } of changes) {
      if (how === 'drop') steps.splice(at, 1);
      else if (how === 'insert') steps.splice(at, 0, other);
      else if (at < steps.length && how === 'replace') steps[at] = other;
      else if (at < steps.length && to < steps.length) [steps[at], steps[to]] = [steps[to], steps[at]];
    }
    return steps;
  });
/** Every order of three masses on each side of the limit of heavy things. */
const MASSES = [0.1, 0.15, 0.2, 0.3, 0.35, 0.4];
const everyMass = MASSES.flatMap((red) =>
  MASSES.flatMap((blue) =>
    MASSES.filter((box) => new Set([red, blue, box]).size === 3).map((box) => ({
      'red cube': red,
      'blue cube': blue,
      'box 1': box,
    })),
  ),
);

describe('checkPlan, for any plan', () => {
  it('accepts exactly the plans that an independent simulator can run, whatever the things weigh', () => {
    let accepted = 0;
    fc.assert(
      fc.property(fc.oneof(mutated, fc.array(anyStep, { minLength: 1, maxLength: 4 })), (steps) => {
        const verdict = check(planOf(...steps));
        const runs = everyMass.every((masses) => succeeds(steps as PlanStep[], masses));
        if (verdict.accepted) accepted++;
        if (verdict.accepted) expect(runs).toBe(true);
        // The check also rejects invented names in steps that would never run.
        else if (runs && steps.length > 0) expect(JSON.stringify(steps)).toMatch(/pear|shelf|throw/);
      }),
      { numRuns: 500 },
    );
    expect(accepted).toBeGreaterThan(10);
  });

  it('returns a verdict for any value, and names only what exists when it accepts', () => {
    const value = fc.oneof(
      fc.anything(),
      fc.record({
        kind: fc.constant('steps'),
        restatement: fc.string(),
        steps: fc.array(fc.oneof(anyStep, fc.record({ skill: fc.string(), arguments: fc.object() }))),
      }),
    );
    fc.assert(
      fc.property(value, (plan) => {
        const verdict = check(plan);
        if (!verdict.accepted) {
          expect(verdict.faults.length).toBeGreaterThan(0);
          return;
        }
        if (verdict.plan.kind !== 'steps') return;
        for (const { skill, arguments: args } of verdict.plan.steps) {
          expect(catalogue.get(skill)).toBeDefined();
          const named = args.thing === undefined ? [] : namesIn(args.thing as ThingReference);
          for (const name of named) expect(things.map((thing) => thing.name)).toContain(name);
        }
      }),
      { numRuns: 500 },
    );
  });
});
