import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPlan } from '../check/check-plan.ts';
import type { PlannerContext, StepRecord } from '../context/context.ts';
import { referenceInWords } from '../context/references.ts';
import type { Plan, PlanStep, ThingReference } from '../plan/plan.ts';
import { Catalogue } from '../skills/catalogue.ts';
import { SHIPPED_SKILLS } from '../skills/shipped/index.ts';
import { seen, testCell, testContext } from '../testing/scene.ts';
import { RulesPlanner } from './rules-planner.ts';

const catalogue = new Catalogue(SHIPPED_SKILLS, testCell());
const planner = new RulesPlanner();
const red = seen('red cube', 0.42, 0.15);
const blue = seen('blue cube', 0.5, -0.1);
const drum = seen('green cylinder', 0.54, 0.03);
const scene = [red, blue, drum];
const boxes = [seen('box 1', 0.45, 0.09), seen('box 2', 0.48, -0.08)];

const planned = async (request: string, context: PlannerContext): Promise<Plan> =>
  (await planner.plan({ request, context, catalogue })).plan;

const value = (each: unknown): string =>
  typeof each === 'object'
    ? referenceInWords(each as ThingReference)
    : typeof each === 'number'
      ? String(Number(each.toPrecision(3)))
      : String(each);
const conditionText = ({ thing, is, heavierThan, not }: NonNullable<PlanStep['when']>): string =>
  ` ${not ? 'unless' : 'if'} ${referenceInWords(thing)} ${is ?? `heavier than ${heavierThan}`}`;
const inWords = (plan: Plan): readonly string[] => {
  if (plan.kind === 'question') return [`? ${plan.question}`];
  if (plan.kind === 'refusal') return [`! ${plan.reason}`];
  return plan.steps.map(
    ({ skill, arguments: args, when }) =>
      [skill, ...Object.values(args).map(value)].join(' ') + (when ? conditionText(when) : ''),
  );
};
const stepsOf = async (request: string, context = testContext(scene)): Promise<readonly string[]> =>
  inWords(await planned(request, context));
const done = (skill: string, args: Readonly<Record<string, unknown>> = {}): StepRecord => ({
  step: { skill, arguments: args },
  outcome: 'done',
  seen: 'as expected',
});
const holding = (thing: string): Partial<PlannerContext> => ({ held: { thing }, history: [done('pick', { thing })] });
const said = (text: string): PlannerContext['utterances'][number] => ({ time: 1, from: 'operator', text });

describe('the rules plan', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['take the red cube', ['pick red cube']],
    ['could you please fetch the emerald drum', ['pick green cylinder']],
    ['lay the blue cube on the right tray', ['pick blue cube', 'place right tray']],
    ['put the red cube on the tray to the left and then return home', ['pick red cube', 'place left tray', 'home']],
    ['go down 4 cm', ['move down 0.04']],
    ['turn clockwise by 20 degrees and open the gripper', ['rotate 0.349', 'open_gripper']],
    ['wait for three seconds', ['wait 3']],
    ['look around, then weigh the cylinder', ['look', 'weigh green cylinder']],
    ['move above the left tray', ['move_to left tray']],
    ['both cubes to the left tray', ['pick red cube', 'place left tray', 'pick blue cube', 'place left tray']],
    [
      'put everything but the cylinder on the right tray',
      ['pick red cube', 'place right tray', 'pick blue cube', 'place right tray'],
    ],
    [
      'after you have put the red cube on the left tray, lift the cylinder',
      ['pick red cube', 'place left tray', 'pick green cylinder'],
    ],
    ['lift the blue cube before you go home', ['pick blue cube', 'home']],
    ['take the red cube, then take the blue cube', ['pick red cube', 'put_down', 'pick blue cube']],
    ['the cylinder goes right', ['pick green cylinder', 'place right tray']],
  ];
  it.each(cases)('%s', async (request, steps) => expect(await stepsOf(request)).toEqual(steps));
});

describe('the rules plan conditions', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    [
      'if the red cube is light, put it on the left tray, else on the right tray',
      [
        'weigh red cube',
        'pick red cube if red cube light',
        'place left tray if red cube light',
        'pick red cube unless red cube light',
        'place right tray unless red cube light',
      ],
    ],
    ['lift the blue cube unless it is heavy', ['weigh blue cube', 'pick blue cube unless blue cube heavy']],
    [
      'take the red cube if it is heavier than the blue cube',
      ['weigh red cube', 'weigh blue cube', 'pick red cube if red cube heavier than blue cube'],
    ],
    [
      'lift the heavier of the two cubes',
      ['weigh red cube', 'weigh blue cube', 'pick the heaviest of red cube, blue cube'],
    ],
    [
      'place the lightest thing on the left tray',
      [
        'weigh red cube',
        'weigh blue cube',
        'weigh green cylinder',
        'pick the lightest of red cube, blue cube, green cylinder',
        'place left tray',
      ],
    ],
    ['if you see a yellow cube take it, otherwise take the blue cube', ['pick blue cube']],
    ['if nothing is on the right tray, bring the cylinder there', ['pick green cylinder', 'place right tray']],
    ['if there is a yellow brick, lift it', ['! the condition does not hold, so there is nothing to do']],
  ];
  it.each(cases)('%s', async (request, steps) => expect(await stepsOf(request)).toEqual(steps));

  it('with the skill of the learned policy, for one of two boxes that look alike', async () => {
    expect(await stepsOf('the heavy one belongs on the right tray', testContext(boxes))).toEqual(['sort heavy right']);
    const weighed = testContext(boxes.map((box, i) => ({ ...box, mass: 0.1 + 0.3 * i })));
    expect(await stepsOf('the heavy one belongs on the right tray', weighed)).toEqual([
      'pick the heaviest of box 1, box 2',
      'place right tray',
    ]);
    const other = new Catalogue(SHIPPED_SKILLS, testCell({ policy: { tasks: ['pick'], words: [] } }));
    const { plan } = await planner.plan({
      request: 'put the light box on the left tray',
      context: testContext(boxes),
      catalogue: other,
    });
    expect(inWords(plan)).toEqual([
      'weigh box 1',
      'weigh box 2',
      'pick the lightest of box 1, box 2',
      'place left tray',
    ]);
  });

  it('without a weighing on an arm that feels no force: it refuses', async () => {
    const numb = new Catalogue(SHIPPED_SKILLS, testCell({ robot: { ...testCell().robot, feelsForce: false } }));
    const { plan } = await planner.plan({
      request: 'lift the red cube if it is light',
      context: testContext(scene),
      catalogue: numb,
    });
    expect(inWords(plan)).toEqual(['! this work cell cannot weigh things']);
  });
});

describe('the rules understand', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['not the blue cube but the red cube', ['pick red cube']],
    ['leave the cubes alone and pick up the cylinder', ['pick green cylinder']],
    ["don't touch the cylinder, lift the blue cube", ['pick blue cube']],
    ['take the red cube instead of the blue cube', ['pick red cube']],
    ['a cube, but not the blue one', ['pick red cube']],
    ['take the cube which is not blue', ['pick red cube']],
    ['pick up the rightmost object', ['pick blue cube']],
    ['the thing in front of the cylinder', ['pick blue cube']],
    ['grab the cube left of the cylinder', ['pick red cube']],
    ['lift the one between the red cube and the blue cube', ['pick green cylinder']],
    ['take the second thing from the right', ['pick green cylinder']],
    ['fetch the object nearest to the left tray', ['pick red cube']],
  ];
  it.each(cases)('%s', async (request, steps) => expect(await stepsOf(request)).toEqual(steps));
});

describe('the rules refer to what was said and done before', () => {
  const leftRed = [seen('red cube', 0.47, 0.26, { on: 'left tray' }), blue, drum];
  const putRed = {
    utterances: [said('put the red cube on the left tray')],
    history: [done('pick', { thing: 'red cube' }), done('place', { place: 'left tray' })],
  };
  const cases: readonly (readonly [string, PlannerContext, readonly string[]])[] = [
    ['put it on the right tray', testContext(scene, holding('red cube')), ['place right tray']],
    ['set it down', testContext(scene, holding('blue cube')), ['put_down']],
    ['no, the blue one', testContext(scene, { utterances: [said('pick up the red cube')] }), ['pick blue cube']],
    [
      'I meant the cylinder',
      testContext(scene, { ...holding('red cube'), utterances: [said('lift the red cube')] }),
      ['put_down', 'pick green cylinder'],
    ],
    ['do the same with the blue one', testContext(leftRed, putRed), ['pick blue cube', 'place left tray']],
    ['the other cube too', testContext(leftRed, putRed), ['pick blue cube', 'place left tray']],
    ['put it on the other tray', testContext(leftRed, putRed), ['pick red cube', 'place right tray']],
    ['again', testContext(scene, { history: [done('move', { direction: 'up', distance: 0.03 })] }), ['move up 0.03']],
    [
      'the red one',
      testContext(scene, { utterances: [said('put the cube on the right tray')] }),
      ['pick red cube', 'place right tray'],
    ],
  ];
  it.each(cases)('%s', async (request, context, steps) => expect(await stepsOf(request, context)).toEqual(steps));

  it('but never to labels or to what bystanders said', async () => {
    const others: PlannerContext['utterances'] = [
      { time: 1, from: 'bystander', text: 'put the cylinder on the left tray' },
      { time: 2, from: 'label', text: 'no, the red cube' },
    ];
    expect(await stepsOf('again', testContext(scene, { utterances: others }))).toEqual([
      '! there is nothing to do again',
    ]);
    expect(await stepsOf('take it', testContext(scene, { utterances: others }))).toEqual([
      expect.stringMatching(/^\? What do you mean by "it"/),
    ]);
  });
});

describe('the rules ask', () => {
  it.each([
    ['lift the cube', '? Which one do you mean by "the cube": red cube or blue cube?'],
    ['put the red cube on a tray', '? Where to: left tray or right tray?'],
    ['take the largest cube', '? I cannot tell how largest things are. Which one do you mean: red cube or blue cube?'],
    ['grab it', '? What do you mean by "it": red cube, blue cube or green cylinder?'],
    ['anything but the cylinder', '? Which one do you mean by "anything but the cylinder": red cube or blue cube?'],
  ])('%s', async (request, question) => expect(await stepsOf(request)).toEqual([question]));
});

describe('the rules read a misspelt word', () => {
  it.each([
    ['pikc up the red cube', ['pick red cube']],
    ['take the bleu cube', ['pick blue cube']],
    ['weigh the cylindre', ['weigh green cylinder']],
  ])('%s', async (request, steps) => expect(await stepsOf(request)).toEqual(steps));

  it.each([
    'trhow the red cube',
    'smahs the red cube',
    'pick up the red cubes and stpo',
    'drop the cube on my fingres',
  ])('and refuse what is then harmful or unclear: %s', async (request) =>
    expect((await planned(request, testContext(scene))).kind).not.toBe('steps'),
  );

  it('but pass over no word that stands for another thing', async () => {
    expect(await stepsOf('pick up the cherry pie')).toEqual([expect.stringMatching(/^! /)]);
    expect(await stepsOf('take the banana')).toEqual([expect.stringMatching(/banana/)]);
  });
});

describe('the rules refuse', () => {
  it.each([
    ['pick up the banana', /^! I don't know banana$/],
    ['take the ripe pear', /^! I don't know pear$/],
    ['lift the yellow cube', /^! there is no yellow cube: I see red cube, blue cube, green cylinder$/],
    ['put the red cube on the windowsill', /^! I don't know windowsill$/],
    ['juggle the cubes', /^! I don't know juggle$/],
    ['put it down', /^! the gripper holds nothing to put down$/],
    ['move up 2 metres', /^! 2 m is too far: at most 0.3 m at once$/],
    ['turn by 300 degrees', /^! .* too much/],
    ['throw the red cube', /^! I do not throw anything or anybody$/],
    ['grab my finger', /^! I do not touch people$/],
    ['lift the red cube without the safety checks', /^! safety limits and checks cannot be turned off/],
    ['lift the red cube as fast as possible', /^! the speed of a plan is that of the work cell/],
    ['take the red cube and stop', /^! "stop" is a stop word/],
    ['nimm den roten Würfel', /^! I read English only/],
    ['take the red cube and the blue cube', /^! the gripper holds one thing at a time/],
    ["don't lift the red cube", /^! I leave the red cube alone$/],
    ['', /^! the request is empty$/],
    ['pick up '.repeat(200), /^! the request has 1600 characters/],
  ])('%s', async (request, reason) => expect(await stepsOf(request)).toEqual([expect.stringMatching(reason)]));

  it('targets in a forbidden region and outside the workspace, with the reason', async () => {
    const forbidden = [{ name: 'press', minimum: [0.35, 0.1, 0], maximum: [0.45, 0.2, 0.4] }] as const;
    const guarded = new Catalogue(SHIPPED_SKILLS, testCell({ forbidden }));
    const { plan } = await planner.plan({
      request: 'pick up the red cube',
      context: testContext(scene),
      catalogue: guarded,
    });
    expect(inWords(plan)).toEqual([expect.stringContaining('is in the forbidden region press')]);
    expect(await stepsOf('take the pen', testContext([seen('pen', 0.95, 0)]))).toEqual([
      expect.stringContaining('outside the workspace'),
    ]);
  });
});

describe('the rules, for any request', () => {
  const WORDS =
    'pick up put take the a red blue green cube cylinder box it on left right tray and then if is heavy not no other one all but , . ? move cm 5 home again instead of before that which to there weigh'.split(
      ' ',
    );
  const salad = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 14 }).map((words) => words.join(' '));
  const contexts = [testContext(scene), testContext(boxes, holding('box 1')), testContext([])];

  it('answer with a plan that the check accepts, a question or a refusal', async () => {
    let steps = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.oneof({ weight: 4, arbitrary: salad }, fc.string({ unit: 'grapheme' })),
        fc.constantFrom(...contexts),
        async (request, context) => {
          const plan = await planned(request, context);
          expect(checkPlan(plan, catalogue, context)).toMatchObject({ accepted: true });
          if (plan.kind === 'steps') steps++;
        },
      ),
      { numRuns: 400 },
    );
    expect(steps).toBeGreaterThan(3);
  });
});
