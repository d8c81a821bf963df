import { InputError } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { type AnswerOption, type ImportAnswers, NO_ANSWERS, questionsText, withAnswer } from './answers.ts';
import type { ForeignPolicy } from './foreign-policy.ts';
import { importManifest } from './import-manifest.ts';
import type { ImportRobot } from './robot-elements.ts';

const joints = ['shoulder', 'elbow', 'wrist'];
const arm = { modality: 'joints', dtype: 'float64', frame: 'base', rateHz: 500 } as const;
const image = (name: string, height: number, width: number) =>
  ({
    name,
    modality: 'vision',
    dtype: 'uint8',
    shape: [height, width, 3],
    unit: 'rgb8',
    frame: name,
    rateHz: 20,
  }) as const;

const robot: ImportRobot = {
  name: 'three',
  streams: [
    image('images.front', 96, 96),
    image('images.side', 48, 64),
    { ...arm, name: 'joints', shape: [4], unit: ['rad', 'rad', 'rad', 'm'], names: [...joints, 'gripper'] },
    { ...arm, name: 'ee_state', shape: [2], unit: ['m', 'm'], names: ['x', 'width'] },
    { ...arm, name: 'wrench.contact', modality: 'wrench', shape: [6], unit: 'N' },
  ],
  commands: [{ ...arm, name: 'arm', shape: [4], unit: ['rad', 'rad', 'rad', 'm'], names: [...joints, 'gripper'] }],
  gripperRanges: new Map([['arm', [0.01, 0.06]]]),
  trained: {
    name: 'three',
    joints,
    ...{ lower: [-1, -1, -1], upper: [1, 1, 1], maxVelocity: [1, 1, 1], configuration: [0, 0, 0] },
    gripperRange: [0.01, 0.06],
    toolPose: [0, 0, 0, 0, 0, 0, 1],
  },
};

const meanStd = (...mean: readonly number[]) => ({ type: 'mean_std', mean, std: mean.map(() => 2) }) as const;
const common = { steps: 1, source: '', dtype: 'float32' } as const;
const policy: ForeignPolicy = {
  name: 'act',
  inputs: [
    {
      ...common,
      ...{
        kind: 'vector',
        name: 'observation.state',
        source: 'observation.state',
        size: 4,
        axes: ['batch', 'element'],
      },
      normalisation: meanStd(10, 20, 30, 40),
      names: ['shoulder.pos', 'elbow.pos', 'wrist.pos', 'gripper.pos'],
    },
    {
      ...common,
      ...{ kind: 'image', name: 'observation.images.top', source: 'observation.images.front', height: 96, width: 96 },
      ...{ dtype: 'float32', values: '0..1', axes: ['batch', 'channel', 'height', 'width'] },
      normalisation: meanStd(0.5, 0.5, 0.5),
    },
  ],
  action: {
    ...{ name: 'action', rows: 16, size: 4, axes: ['batch', 'step', 'element'], dtype: 'float32' },
    normalisation: meanStd(1, 2, 3, 4),
    names: ['elbow.pos', 'shoulder.pos', 'wrist.pos', 'gripper.pos'],
  },
  rateHz: 10,
  actionSteps: 4,
  training: { source: 'lerobot' },
  notes: [],
};

type Option = readonly [AnswerOption, string];
const answersOf = (...options: readonly Option[]): ImportAnswers =>
  options.reduce((all, [option, value]) => withAnswer(all, option, value), NO_ANSWERS);
const run = (changes: Partial<ForeignPolicy>, ...options: readonly Option[]) =>
  importManifest({ ...policy, ...changes }, robot, answersOf(...options), { graph: 'policy.onnx', tasks: ['pick'] });
const DEGREES: Option = ['--joint-unit', 'deg'];
const PERCENT: Option = ['--gripper-unit', '%'];

describe('importManifest', () => {
  it('binds joints by the names of the data, and keeps units, statistics and the order of the network', () => {
    const { manifest, questions, notes } = run({}, DEGREES, PERCENT);
    expect(questions).toEqual([]);
    expect(manifest).toMatchObject({
      manifestVersion: 2,
      name: 'act',
      tasks: ['pick'],
      robots: [robot.trained],
      graph: 'policy.onnx',
      inputs: [
        {
          type: 'vector',
          name: 'observation.state',
          parts: [
            { stream: 'joints', names: joints, unit: 'deg', rateHz: 10 },
            // The robot measures a width; the data have 0 for closed and 100 for open.
            { stream: 'joints', names: ['gripper'], unit: 'm', map: { from: [0.01, 0.06], to: [0, 100] } },
          ],
          normalisation: { type: 'mean_std', mean: [10, 20, 30, 40] },
        },
        { type: 'image', name: 'observation.images.top', stream: 'images.front', height: 96, width: 96, rateHz: 10 },
      ],
      action: {
        period: 0.1,
        horizon: 16,
        inferencePeriod: 0.2,
        outputs: [
          {
            name: 'action',
            blocks: [
              { name: 'arm', space: 'joint_position', names: ['elbow', 'shoulder', 'wrist'], unit: 'deg' },
              { name: 'gripper', space: 'gripper', names: ['opening'], unit: '%' },
            ],
            normalisation: { mean: [1, 2, 3, 4] },
          },
        ],
      },
    });
    expect(notes.join('\n')).toContain('observation.images.top: camera front');
    expect(notes.join('\n')).toContain('taken as positions of the joints');
  });

  it('a width in radians and metres needs no conversion and one part', () => {
    const { manifest } = run({}, ['--joint-unit', 'rad'], ['--gripper-unit', 'm']);
    expect(manifest.inputs).toMatchObject([
      { parts: [{ stream: 'joints', names: [...joints, 'gripper'], unit: ['rad', 'rad', 'rad', 'm'] }] },
      {},
    ]);
  });

  it('lists everything that it cannot know at once, with the option that answers it and what the data show', () => {
    const [state, top] = policy.inputs;
    const bare = {
      inputs: [
        { ...state, names: ['a', 'b', 'c', 'd'] },
        { ...top, source: 'observation.images.top' },
      ] as ForeignPolicy['inputs'],
      action: { ...policy.action, names: undefined },
      rateHz: undefined,
      actionSteps: undefined,
    };
    const line = questionsText(run(bare).questions);
    expect(line.split('; ').map((each) => each.split(' (')[0])).toEqual([
      '--elements observation.state=<4 names>',
      '--camera observation.images.top=front|side',
      '--elements action=<4 names>',
      '--rate <hz>',
      '--chunk-steps <n>',
    ]);
    expect(line).toContain('which the data call a, b, c, d');
    expect(questionsText(run({}).questions)).toContain('shoulder of observation.state was between 6 and 14');
    expect(questionsText(run({}).questions)).toContain('gripper of observation.state was between 36 and 44');
  });

  it('never takes elements by their place: names of the data that the robot lacks become a question', () => {
    const [state] = policy.inputs;
    const swapped = {
      inputs: [{ ...state, names: ['shoulder', 'elbow', 'palm', 'gripper'] }] as ForeignPolicy['inputs'],
    };
    expect(run(swapped, DEGREES, PERCENT).questions).toMatchObject([
      { option: '--elements', prefix: 'observation.state=' },
    ]);
    const named = run(swapped, DEGREES, PERCENT, ['--elements', 'observation.state=wrist,elbow,shoulder,width']);
    expect(named.questions).toEqual([]);
    expect(named.manifest.inputs).toMatchObject([
      {
        parts: [
          { names: ['wrist', 'elbow', 'shoulder'] },
          { stream: 'ee_state', names: ['width'], map: { to: [0, 100] } },
        ],
      },
    ]);
  });

  it('reads a stream without names as a whole', () => {
    const [state] = policy.inputs;
    const force = {
      ...state,
      name: 'force',
      source: 'force',
      size: 6,
      names: undefined,
      normalisation: { type: 'none' },
    };
    const { manifest } = run({ inputs: [force as ForeignPolicy['inputs'][0]] }, DEGREES, PERCENT, [
      '--stream',
      'force=wrench.contact',
    ]);
    expect(manifest.inputs).toMatchObject([{ parts: [{ stream: 'wrench.contact', size: 6, modality: 'wrench' }] }]);
  });

  it('an image of another size is resized as the user says', () => {
    expect(run({}, DEGREES, PERCENT, ['--camera', 'observation.images.top=side']).questions).toMatchObject([
      { option: '--resize', text: 'observation.images.top is 96 x 96, and the images of side are 64 x 48' },
    ]);
    const { manifest } = run({}, DEGREES, PERCENT, ['--camera', 'observation.images.top=side'], ['--resize', 'cover']);
    expect(manifest.inputs).toMatchObject([
      {},
      { stream: 'images.side', transform: [{ type: 'resize', height: 96, width: 96, fit: 'cover' }] },
    ]);
  });

  it('displacements of the tool, numbers that drive nothing, and a gripper of width', () => {
    const action = { ...policy.action, size: 8, names: undefined, normalisation: { type: 'none' } as const };
    const elements: Option = ['--elements', 'action=dx,dy,dz,drx,dry,drz,-,gripper'];
    const asked = run({ action }, ['--joint-unit', 'rad'], ['--gripper-unit', 'm'], elements);
    expect(asked.questions).toMatchObject([{ option: '--action-space' }]);
    const { manifest } = run({ action }, ['--joint-unit', 'rad'], ['--gripper-unit', 'm'], elements, [
      '--action-space',
      'ee_delta',
    ]);
    expect(manifest.action).toMatchObject({
      outputs: [{ blocks: [{ space: 'ee_delta' }, { space: 'unused', size: 1 }, { space: 'gripper', unit: 'm' }] }],
    });
  });

  it('infers anew before the loop drops the actions as too old, unless the user says otherwise', () => {
    const all = { actionSteps: 16 };
    expect(run(all, DEGREES, PERCENT).manifest.action).toMatchObject({ inferencePeriod: 0.2 });
    expect(run(all, DEGREES, PERCENT).notes.join('\n')).toContain('after 2 of 16 actions, not after 16');
    expect(run(all, DEGREES, PERCENT, ['--chunk-steps', '12']).manifest.action).toMatchObject({
      inferencePeriod: 1.2,
    });
  });

  it('several observations are a period apart', () => {
    const [state] = policy.inputs;
    const stacked = { ...state, steps: 2, axes: ['batch', 'step', 'element'] } as ForeignPolicy['inputs'][0];
    expect(run({ inputs: [stacked] }, DEGREES, PERCENT).manifest.observation).toEqual({ steps: 2, spacing: 0.1 });
  });

  it.each<[string, readonly Option[], RegExp]>([
    ['a camera that the robot lacks', [['--camera', 'observation.images.top=back']], /robot three has front, side/],
    [
      'a camera for an input that is no image',
      [['--camera', 'x=front']],
      /--camera x=...: expected one of observation.images.top/,
    ],
    ['elements of an input that is not there', [['--elements', 'x=a']], /expected one of observation.state, action/],
    ['too few elements', [['--elements', 'observation.state=shoulder']], /1 names, expected 4/],
    [
      'an element that the robot lacks',
      [['--elements', 'observation.state=shoulder,elbow,palm,gripper']],
      /robot three has no palm, only shoulder, elbow, wrist, gripper, x, width/,
    ],
    [
      'an action without one joint',
      [['--elements', 'action=shoulder,elbow,-,gripper']],
      /the action has no wrist, which robot three has/,
    ],
    [
      'joints in two places',
      [['--elements', 'action=shoulder,gripper,elbow,wrist']],
      /has the motion in 2 places, expected its numbers one after another/,
    ],
    [
      'an action space that does not fit',
      [['--action-space', 'ee_delta']],
      /--action-space ee_delta: the action has elbow, shoulder, wrist/,
    ],
    ['a stream with names', [['--stream', 'observation.state=joints']], /it has names, expected --elements/],
    ['a stream that is not there', [['--stream', 'observation.state=touch']], /robot three has images.front, /],
    ['too many steps', [['--chunk-steps', '17']], /the policy gives 16 actions/],
  ])('refuses %s by name', (_, options, line) => {
    const given = options.some(([option]) => option === '--joint-unit') ? options : [DEGREES, PERCENT, ...options];
    expect(() => run({}, ...given)).toThrow(InputError);
    expect(() => run({}, ...given)).toThrow(line);
  });
});

describe('importManifest for two arms', () => {
  const groups = ['left', 'right'];
  const jointsOf = (group: string) => ['waist', 'elbow'].map((joint) => `${group}_${joint}`);
  const command = (group: string) => ({
    ...{ ...arm, name: group, shape: [3], unit: ['rad', 'rad', 'm'] },
    names: [...jointsOf(group), 'gripper'],
  });
  const all = groups.flatMap(jointsOf);
  const pair: ImportRobot = {
    name: 'pair',
    streams: [
      { ...arm, name: 'joints', shape: [4], unit: 'rad', names: all },
      ...groups.map((group) => ({ ...robot.streams[3], name: `ee_state.${group}` })),
    ],
    commands: groups.map(command),
    gripperRanges: new Map([
      ['left', [0, 0.08]],
      ['right', [0, 0.05]],
    ]),
    trained: { ...robot.trained, name: 'pair' },
  };
  const names = groups.flatMap((group) => [...jointsOf(group), `${group}_gripper`].map((each) => `${each}.pos`));
  const [state] = policy.inputs;
  const both: ForeignPolicy = {
    ...policy,
    inputs: [{ ...state, size: 6, names, normalisation: { type: 'none' } } as ForeignPolicy['inputs'][number]],
    action: { ...policy.action, size: 6, names, normalisation: { type: 'none' } },
  };
  const runPair = (changes: Partial<ForeignPolicy>, ...options: readonly Option[]) =>
    importManifest({ ...both, ...changes }, pair, answersOf(DEGREES, PERCENT, ...options), {
      ...{ graph: 'policy.onnx', tasks: [] },
    });

  it('splits the action into the blocks of each arm, and reads each gripper from its own tool', () => {
    const { manifest, questions } = runPair({});
    expect(questions).toEqual([]);
    expect(manifest.action).toMatchObject({
      outputs: [
        {
          blocks: groups.flatMap((group) => [
            { name: `${group}.arm`, group, space: 'joint_position', names: jointsOf(group), unit: 'deg' },
            { name: `${group}.gripper`, group, space: 'gripper', names: ['opening'], unit: '%' },
          ]),
        },
      ],
    });
    expect(manifest.inputs).toMatchObject([
      {
        parts: [
          { stream: 'joints', names: jointsOf('left') },
          { stream: 'ee_state.left', names: ['width'], map: { from: [0, 0.08] } },
          { stream: 'joints', names: jointsOf('right') },
          { stream: 'ee_state.right', names: ['width'], map: { from: [0, 0.05] } },
        ],
      },
    ]);
  });

  it('moves each arm in its own space, and says which one an action leaves alone', () => {
    const delta = ['dx', 'dy', 'dz', 'drx', 'dry', 'drz'].map((each) => `right.${each}`);
    const mixed = { ...both.action, size: 8, names: ['left_elbow', 'left_waist', ...delta] };
    expect(runPair({ action: mixed }).questions).toMatchObject([
      { option: '--action-space', text: 'what dx, dy, dz, drx, dry, drz mean' },
    ]);
    const one = { ...both.action, size: 2, names: jointsOf('right') };
    const { manifest, notes } = runPair({ action: one });
    expect(manifest.action).toMatchObject({ outputs: [{ blocks: [{ name: 'right.arm', group: 'right' }] }] });
    expect(notes).toContain('action: it does not move left, which stays where it is');
  });

  it('offers the names of both arms, and refuses one arm in two places', () => {
    const { questions } = runPair({ action: { ...both.action, names: undefined } });
    expect(questions).toMatchObject([
      {
        option: '--elements',
        text: `in this order, out of ${[...jointsOf('left'), 'left.gripper', ...jointsOf('right'), 'right.gripper'].join(', ')}, -`,
      },
    ]);
    const torn = { ...both.action, size: 4, names: ['left_waist', 'right_waist', 'left_elbow', 'right_elbow'] };
    expect(() => runPair({ action: torn })).toThrow(
      'has the motion of left in 2 places, expected its numbers one after another',
    );
    const short = { ...both.action, size: 1, names: ['left_waist'] };
    expect(() => runPair({ action: short })).toThrow('the action has no left_elbow, which robot pair has');
  });
});

describe('withAnswer', () => {
  it.each<[AnswerOption, string, RegExp]>([
    ['--rate', '0', /--rate 0: expected a number above 0/],
    ['--rate', 'fast', /--rate fast: expected/],
    ['--chunk-steps', '1.5', /--chunk-steps 1.5: expected a whole number/],
    ['--joint-unit', 'grad', /--joint-unit grad: expected rad, deg/],
    ['--gripper-unit', 'inch', /expected m, mm, %, 1/],
    ['--camera', 'front', /--camera front: expected input=camera/],
    ['--elements', 'action=a,,b', /expected names separated by commas/],
    ['--action-space', 'xyz', /expected ee_pose, ee_delta/],
    ['--pixels', '0..2', /expected 0..1, 0..255/],
    ['--pad-token', '-1', /--pad-token -1: expected a whole number of at least 0/],
    ['--pad-token', '', /expected a whole number of at least 0/],
    ['--resize', 'crop', /expected stretch, cover, contain/],
  ])('refuses %s %s', (option, value, line) => {
    expect(() => withAnswer(NO_ANSWERS, option, value)).toThrow(InputError);
    expect(() => withAnswer(NO_ANSWERS, option, value)).toThrow(line);
  });
});
