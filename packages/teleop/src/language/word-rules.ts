import { numberRule, type Rule, synonymRule } from './grammar.ts';

/** The rules of motion. Directions are those of the base unless the command names the tool frame. */
export const motionRules: readonly Rule[] = [
  synonymRule('heading', 'a direction', {
    left: ['[to the] left'],
    right: ['[to the] right'],
    up: ['up', 'higher'],
    down: ['down', 'lower'],
    forward: ['forward', 'ahead'],
  }),
  synonymRule('backward', 'the direction of "back" with a distance or a verb', {
    back: ['back', 'backward', 'toward me'],
  }),
  synonymRule('off', 'a direction that needs a verb when spoken: alone it sounds like "wait"', { forward: ['away'] }),
  {
    name: 'direction',
    description: 'any direction',
    forms: ['heading', 'backward', 'off'].map((name) => ({ pattern: `<${name}>`, value: (c) => c.text(name) })),
  },
  synonymRule('move', 'a verb of motion', { move: ['move', 'shift', 'slide', 'jog', 'nudge', 'step', 'translate'] }),
  synonymRule('go', 'a verb of motion', { go: ['go', 'come', '<move>'] }),
  synonymRule('arm', 'the moving part', {
    arm: ['[the | your] (arm | gripper | hand | tool | robot)'],
  }),
  synonymRule('wrist', 'the rotating part', { wrist: ['[the | your] (wrist | gripper | hand | tool)'] }),
  synonymRule('gripper', 'the gripper', {
    gripper: ['[the | your] (gripper | hand | fingers | jaws | claw | grip)'],
  }),
  numberRule('little', 'a small distance (m)', { 'a (bit | little | little bit | touch | tad)': 0.01, slightly: 0.01 }),
  synonymRule('inTool', "in the tool's frame", {
    tool: ['(in | along) [the] (tool | gripper | hand | wrist) (frame | axis | axes | coordinates)'],
  }),
  synonymRule('axis', 'an axis of the base', { x: ['x'], y: ['y'], z: ['z'] }),
  numberRule('sign', 'a sign', { '(plus | positive)': 1, '(minus | negative)': -1 }),
  numberRule('advance', 'along the fingers', {
    '(push | reach | move) (in | into it)': 1,
    '(advance | extend)': 1,
    '(pull | move | reach) out': -1,
    '(retract | withdraw | pull back)': -1,
  }),
  numberRule('vertical', 'a verb of moving up or down', { '(raise | lift)': 1, lower: -1 }),
];

/** The rules of rotation. */
export const rotationRules: readonly Rule[] = [
  synonymRule('rotate', 'a verb of rotation', { rotate: ['rotate', 'turn', 'twist', 'spin'] }),
  // Clockwise as seen from the wrist along the fingers, hence from above when the tool points down.
  numberRule('turning', 'a sense of rotation', {
    '(clockwise | right | to the right)': 1,
    '(counterclockwise | left | to the left)': -1,
  }),
  synonymRule('tilting', 'the direction in which the fingers lean', {
    forward: ['forward'],
    back: ['(back | backward)'],
    left: ['left', 'to the left'],
    right: ['right', 'to the right'],
  }),
  synonymRule('about', 'an axis of the tool', { x: ['roll'], y: ['pitch'], z: ['yaw'] }),
];

/** The rules of grip force and speed. */
export const mannerRules: readonly Rule[] = [
  synonymRule('manner', 'the grip force', {
    gently: ['gently', 'softly', 'carefully', 'lightly'],
    firmly: ['firmly', 'tightly', 'hard'],
  }),
  numberRule('pace', 'a share of full speed', {
    half: 0.5,
    '(a quarter | quarter)': 0.25,
    '(a third | third)': 1 / 3,
    '(full | maximum | top)': 1,
    '(normal | regular)': 1,
    double: 2,
  }),
];

/** The kinds of words for objects and attributes; a correction replaces words of the same kind. */
export const WORD_KINDS = ['color', 'weight', 'side', 'size', 'object', 'container'] as const;
/** Kind of a word, see {@link WORD_KINDS}. */
export type WordKind = (typeof WORD_KINDS)[number];

/** The words of each kind, the verbs of tasks and the manners of doing them. */
export const wordLists: Readonly<Record<WordKind | 'task' | 'manner', readonly string[]>> = {
  color: (
    'red blue green yellow orange purple crimson scarlet navy azure emerald lemon golden tangerine violet black white ' +
    'pink brown gray'
  ).split(' '),
  weight: 'heavy heavier heaviest light lighter lightest lightweight massive weighty weightier'.split(' '),
  side: 'left right leftmost rightmost lefthand righthand middle near far upper lower top bottom'.split(' '),
  size: 'big bigger biggest large small smaller smallest tall short'.split(' '),
  object: (
    'one cube box block brick cylinder die dice drum tin can peg ball button handle lid cup bottle tool object part ' +
    'thing it knob switch'
  ).split(' '),
  container: 'tray dish plate pad platform socket hole bin drawer shelf table patch surface bowl'.split(' '),
  /** Verbs that can begin a task. */
  task: (
    'pick grab lift take raise get give fetch bring carry collect deliver deposit drop find grasp hoist hold lay leave ' +
    'move place put seize set sort transfer insert plug press push pull open close shut wipe clean polish touch turn ' +
    'slide stack pour hand go want belongs goes'
  ).split(' '),
  manner: 'gently firmly softly softer harder carefully slowly'.split(' '),
};

/** Function words that an instruction can hold beside verbs, objects and attributes. */
export const FUNCTION_WORDS = new Set(
  (
    'the a an this that these those on onto in into to of off from at with is which and up down upon over under by ' +
    'me i it its you would could want there here side hand then for instead hold goes and will could can simply'
  ).split(' '),
);
