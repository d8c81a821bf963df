import { STOP_WORDS } from '@praxis/core';
import type { Captures } from './captures.ts';
import type { Axis, Intent, IntentKind, Topic } from './intent.ts';

/** One command of the table. */
export interface CommandRow {
  readonly kind: IntentKind;
  /** One line for the document. */
  readonly description: string;
  /** Wordings in the notation of `parsePattern`. The first match counts, rows and patterns from the top. */
  readonly patterns: readonly string[];
  /** Sentences for the document. */
  readonly examples: readonly string[];
  /** `never`: a question, an answer or a statement, which "could you" does not precede. */
  readonly requestForm?: 'never';
  /** Marks the row that takes a policy's own instructions: their patterns follow the row's. One row of the table has it. */
  readonly takesPolicyInstructions?: true;
  /** Makes the intent from the values in a sentence and its text. */
  intent(captures: Captures, text: string): Intent;
}

/** Length of a step when the command names none (m). */
export const DEFAULT_STEP_M = 0.02;
/** Angle of a rotation when the command names none (rad): 10 degrees. */
export const DEFAULT_ROTATION_RAD = Math.PI / 18;

/** Axis and sign of each direction in the base frame (REP-103). */
const BASE_DIRECTIONS: Readonly<Record<string, readonly [Axis, 1 | -1]>> = {
  left: ['y', 1],
  right: ['y', -1],
  up: ['z', 1],
  down: ['z', -1],
  forward: ['x', 1],
  back: ['x', -1],
};

/** Axis and sign of each direction in the tool frame: forward is where the fingers point, up is up in the wrist camera's image. */
const TOOL_DIRECTIONS: typeof BASE_DIRECTIONS = {
  left: ['y', -1],
  right: ['y', 1],
  up: ['x', 1],
  down: ['x', -1],
  forward: ['z', 1],
  back: ['z', -1],
};

/** Axis of the tool and sign of the rotation that makes the fingers lean in a direction. */
const TILT_DIRECTIONS: typeof BASE_DIRECTIONS = {
  forward: ['y', 1],
  back: ['y', -1],
  left: ['x', 1],
  right: ['x', -1],
};

/** Rules whose value is a direction; a wording with none of them is "backward". */
const DIRECTION_RULES = ['direction', 'heading', 'backward', 'off'];

function moveIntent(c: Captures, metres: number): Intent {
  const frame = c.get('inTool') ? 'tool' : 'base';
  const direction = DIRECTION_RULES.map((rule) => c.text(rule)).find((name) => name !== '') ?? 'back';
  const [axis, sign] = (frame === 'tool' ? TOOL_DIRECTIONS : BASE_DIRECTIONS)[direction];
  return { kind: 'move', frame, axis, metres: sign * metres };
}

const moveAlongAxis = (axis: Axis, metres: number): Intent => ({ kind: 'move', frame: 'base', axis, metres });

const questionRow = (about: Topic, patterns: readonly string[]): CommandRow => ({
  kind: 'ask',
  description: `a question about: ${about}`,
  patterns,
  examples: [],
  requestForm: 'never',
  intent: () => ({ kind: 'ask', about }),
});

const parameterlessRow = (
  kind: 'hold' | 'continue' | 'home' | 'undo' | 'repeat',
  description: string,
  patterns: readonly string[],
  examples: readonly string[],
): CommandRow => ({
  kind,
  description,
  patterns,
  examples,
  intent: () => ({ kind }),
});

const speedRow = (
  description: string,
  patterns: readonly string[],
  examples: readonly string[],
  of: 'full' | 'current',
  factor: (c: Captures) => number,
): CommandRow => ({
  kind: 'speed',
  description,
  patterns,
  examples,
  intent: (c) => ({ kind: 'speed', factor: factor(c), of }),
});

const instructRow = (description: string, patterns: readonly string[], examples: readonly string[]): CommandRow => ({
  kind: 'instruct',
  description,
  patterns,
  examples,
  intent: (_, text) => ({ kind: 'instruct', text }),
});

const motionRows: readonly CommandRow[] = [
  {
    kind: 'move',
    description: 'a step along a direction, in the base frame unless the command names the tool frame',
    patterns: [
      '[<go>] [<arm>] <direction> [by] <length> [<inTool>]',
      '[<go>] [<arm>] [by] <length> <direction> [<inTool>]',
    ],
    examples: [
      'move left five centimetres',
      'up two inches',
      'forward 3 cm in the tool frame',
      'two and a half centimetres to the right',
    ],
    intent: (c) => moveIntent(c, c.number('length')),
  },
  {
    kind: 'move',
    description: `a step without a length: 1 cm with "a bit" and the like, otherwise ${DEFAULT_STEP_M * 100} cm`,
    patterns: [
      '[<go>] [<arm>] <direction> <little> [<inTool>]',
      '[<go>] [<arm>] <little> <direction> [<inTool>]',
      '[<go>] [<arm>] <heading> [<inTool>]',
      '<move> [<arm>] <backward> [<inTool>]',
      'backward [<inTool>]',
      '<go> [<arm>] <off> [<inTool>]',
      '~<off> [<inTool>]',
    ],
    examples: ['left', 'a bit higher', 'move back'],
    intent: (c) => moveIntent(c, c.number('little', DEFAULT_STEP_M)),
  },
  {
    kind: 'move',
    description: 'a step along an axis of the base',
    patterns: [
      '[<go>] [<arm>] [along] [the] [<sign>] <axis> [axis] [by] <length>',
      '[<go>] [<arm>] [the] <axis> [axis] [by] <sign> <length>',
      '[<go>] [<arm>] [by] [<sign>] <length> (~along | ~in) [the] <axis> [axis | direction]',
      '[<go>] [<arm>] (~along | ~in) [the] [<sign>] <axis> [axis | direction] [by] <length>',
    ],
    examples: ['move along x ten centimetres', 'minus z two inches'],
    intent: (c) => moveAlongAxis(c.text('axis') as Axis, c.number('sign', 1) * c.number('length')),
  },
  {
    kind: 'move',
    description: 'a step up or down, with a verb and the moving part',
    patterns: ['<vertical> <arm> [[by] <length> | <little>]'],
    examples: ['raise the arm by ten centimetres', 'lower the gripper a bit'],
    intent: (c) => moveAlongAxis('z', c.number('vertical') * c.number('length', c.number('little', DEFAULT_STEP_M))),
  },
  {
    kind: 'move',
    description: 'a step along the fingers, in the tool frame',
    patterns: ['<advance> [[by] <length> | <little>]'],
    examples: ['push in one centimetre', 'retract two centimetres'],
    intent: (c) => ({
      kind: 'move',
      frame: 'tool',
      axis: 'z',
      metres: c.number('advance') * c.number('length', c.number('little', DEFAULT_STEP_M)),
    }),
  },
  {
    kind: 'move',
    description: 'continuous motion until a stop command, within a limit of time and distance',
    patterns: [
      'keep (going | moving) <direction> [<inTool>]',
      '<move> [<arm>] <direction> (continuously | until i say)',
    ],
    examples: ['keep going left'],
    intent: (c) => ({ ...(moveIntent(c, 1) as Extract<Intent, { kind: 'move' }>), until: 'stopped' }),
  },
  {
    kind: 'rotate',
    description: `a rotation about the tool's z axis, clockwise as seen from the wrist (from above when the fingers point down), by 10 degrees unless the command names an angle`,
    patterns: [
      '<rotate> [<wrist>] [[by] <angle>] <turning>',
      '<rotate> [<wrist>] <turning> [by] <angle>',
      '<rotate> [<wrist>] [by] <angle>',
      '[<rotate>] <angle> <turning>',
    ],
    examples: ['rotate the wrist thirty degrees clockwise', 'turn left a quarter turn'],
    intent: (c) => ({
      kind: 'rotate',
      axis: 'z',
      radians: c.number('turning', 1) * c.number('angle', DEFAULT_ROTATION_RAD),
    }),
  },
  {
    kind: 'rotate',
    description: "a rotation about the tool's x or y axis, which makes the fingers lean in a direction",
    patterns: ['(tilt | lean) [<wrist>] <tilting> [[by] <angle>]', '(tilt | lean) [<wrist>] [by] <angle> <tilting>'],
    examples: ['tilt the wrist forward ten degrees'],
    intent: (c) => {
      const [axis, sign] = TILT_DIRECTIONS[c.text('tilting')];
      return { kind: 'rotate', axis, radians: sign * c.number('angle', DEFAULT_ROTATION_RAD) };
    },
  },
  {
    kind: 'rotate',
    description: 'a rotation about a named axis of the tool: roll x, pitch y, yaw z',
    patterns: ['<about> [<wrist>] [by] [<sign>] <angle>'],
    examples: ['pitch minus five degrees'],
    intent: (c) => ({
      kind: 'rotate',
      axis: c.text('about') as Axis,
      radians: c.number('sign', 1) * c.number('angle'),
    }),
  },
];

const gripperRows: readonly CommandRow[] = [
  {
    kind: 'gripper',
    description: 'opens or closes the fingers to a distance',
    patterns: ['(open | close | set) [up] [<gripper>] [to | by] <length> [wide]', '<gripper> [to] <length>'],
    examples: ['open the gripper to three centimetres', 'set the gripper to 30 mm'],
    intent: (c) => ({ kind: 'gripper', width_m: c.number('length') }),
  },
  {
    kind: 'gripper',
    description: "opens the fingers to a share of the gripper's widest opening",
    patterns: [
      'open [up] [<gripper> | it] [to] <part> [of the way]',
      'set <gripper> to <part> [open]',
      '[<gripper>] <part> open',
    ],
    examples: ['open the gripper halfway', 'half open', 'open it 50 percent'],
    intent: (c) => ({ kind: 'gripper', opening: c.number('part') }),
  },
  {
    kind: 'gripper',
    description: "closes the fingers by a share of the gripper's widest opening: a quarter leaves three quarters open",
    patterns: ['close [<gripper> | it] <part> [of the way]', '[<gripper>] <part> closed'],
    examples: ['close it a quarter', 'half closed'],
    intent: (c) => ({ kind: 'gripper', opening: 1 - c.number('part') }),
  },
  {
    kind: 'gripper',
    description: 'opens the fingers, which releases an object',
    patterns: [
      '[<manner>] open [up] [<gripper>] [wide | fully | <manner>]',
      'release [it | <gripper>]',
      'let go [of it]',
      'let it go',
      'drop it',
      '<gripper> open',
    ],
    examples: ['open the gripper', 'let go'],
    intent: (c) => ({ kind: 'gripper', action: 'open', ...capturedManner(c) }),
  },
  {
    kind: 'gripper',
    description: 'closes the fingers, gently or firmly when the command says so',
    patterns: [
      '[<manner>] close [<gripper>] [fully | <manner>]',
      '(shut | squeeze) [<gripper>] [<manner>]',
      'grip [it] [<manner>]',
      '<gripper> (close | shut)',
    ],
    examples: ['close gently', 'close the gripper'],
    intent: (c) => ({ kind: 'gripper', action: 'close', ...capturedManner(c) }),
  },
];

const capturedManner = (c: Captures): { readonly manner?: 'gently' | 'firmly' } => {
  const manner = c.get('manner');
  return manner ? { manner: manner === 'gently' ? 'gently' : 'firmly' } : {};
};

/** Factor that "faster" applies to the present speed. */
export const FASTER_FACTOR = 1.25;
/** Factor that "slower" applies to the present speed. */
export const SLOWER_FACTOR = 0.8;

/** The table of all commands. The grammar, the interpreter and the document are made from it. */
export const commandRows: readonly CommandRow[] = [
  {
    kind: 'stop',
    description: 'requests a protective stop, wherever the word stands in a sentence',
    patterns: STOP_WORDS.map(String),
    examples: ['stop', 'no, stop!', "don't stop"],
    intent: (_, text) => ({ kind: 'stop', word: text }),
  },
  parameterlessRow(
    'hold',
    'ends the motion and stays in place',
    [
      'hold [on | it | still | position | there]',
      'wait [a (moment | second | minute)]',
      'pause',
      'stay [there | still | put]',
    ],
    ['hold', 'wait a moment'],
  ),
  {
    ...parameterlessRow(
      'hold',
      'answers no to a read-back; ends the motion and stays in place',
      ['no [no] [thank you]', 'cancel [that]', 'never mind'],
      ['no'],
    ),
    requestForm: 'never',
  },
  parameterlessRow(
    'continue',
    'continues the motion, or gives the arm back to the policy',
    ['continue', '(go | ~carry) on', 'resume', 'proceed', 'keep going', 'go ahead'],
    ['continue'],
  ),
  {
    ...parameterlessRow(
      'continue',
      'answers yes to a read-back; continues',
      ['yes', 'confirm', 'do it', 'yes do it'],
      ['yes'],
    ),
    requestForm: 'never',
  },
  parameterlessRow(
    'home',
    'moves to the home pose',
    ['[(go | move | return | come | drive)] [<arm>] [back] [to] [the] home [position | pose]'],
    ['go home'],
  ),
  parameterlessRow(
    'undo',
    'returns to the pose before the last motion; "back" alone and "go back" mean this',
    ['undo [that | it | the last (one | move | motion)]', '[go] back', 'take (that | it) back', 'revert [that]'],
    ['undo that', 'back'],
  ),
  parameterlessRow(
    'repeat',
    'repeats the last motion',
    [
      '[and] again',
      'repeat [that | it]',
      '[do (that | it)] once more',
      '(do | say) (that | it) again',
      '[the] same again',
      'one more time',
    ],
    ['again', 'once more'],
  ),
  ...motionRows,
  ...gripperRows,
  speedRow(
    `multiplies the present speed by ${FASTER_FACTOR}`,
    ['[go | move | a bit | much] (faster | quicker)', 'speed up', 'hurry [up]'],
    ['faster'],
    'current',
    () => FASTER_FACTOR,
  ),
  speedRow(
    `multiplies the present speed by ${SLOWER_FACTOR}`,
    ['[go | move | a bit | much] slower', 'slow down', '[go] slowly', 'not that fast'],
    ['slower', 'slow down'],
    'current',
    () => SLOWER_FACTOR,
  ),
  speedRow(
    'doubles the present speed',
    ['[go | move] (twice | double) as fast', 'double the speed'],
    ['twice as fast'],
    'current',
    () => 2,
  ),
  speedRow(
    'halves the present speed',
    ['[go | move] half as fast', 'half the speed', 'halve the speed'],
    ['half as fast'],
    'current',
    () => 0.5,
  ),
  speedRow(
    'sets the speed to a share of full speed',
    [
      '[go | move | set] [to | at | with] <pace> speed',
      '[set] [the] speed [to | at] (<percent> | <pace>)',
      '[go | move] [to | at | with] <percent> [of full] speed',
    ],
    ['half speed', 'speed fifty percent'],
    'full',
    (c) => c.number('pace', c.number('percent')),
  ),
  questionRow('view', [
    'what (do | can) you see',
    'what is (there | that | in front of you)',
    'what are you looking at',
    'do you see it',
  ]),
  questionRow('activity', [
    'what are you doing',
    'what is (happening | going on)',
    'what are you up to',
    'what is your task',
    'what did i say',
  ]),
  questionRow('force', [
    'how hard [are you (pressing | pushing | pulling)]',
    'how much force',
    'what (force | is the force)',
    'are you touching (it | something | anything)',
    'how hard do you (press | push)',
  ]),
  questionRow('position', [
    'where are you',
    'where is (the arm | the gripper | the hand | the tool | your hand)',
    'what is your position',
    'how high are you',
  ]),
  questionRow('gripper', [
    'is the gripper (open | closed)',
    'how (far | wide) is the gripper open',
    'what are you holding',
    'are you holding (it | something | anything)',
    'do you have it',
  ]),
  questionRow('speed', ['how fast [are you (going | moving)]', 'what is (the | your) speed']),
  questionRow('commands', ['help', 'what can i say', 'what can you do']),
  instructRow(
    'gives the policy a task',
    [
      '<get> <thing> [<how> | off the <container>]',
      '(<get> | go to) <thing> and (lift it [up] | hold it [up])',
      '(take | <place>) <thing> [down] (on | onto | in | into | to | upon) <goal>',
      '<get> <thing> and <place> it [down] (on | onto | in | into | to) <goal>',
      'sort <thing> to <goal>',
    ],
    ['pick up the red cube', 'put the heavy one on the left tray'],
  ),
  {
    ...instructRow(
      'gives the policy a task by naming the desired result',
      [
        '(on | in) <goal> <place> <thing>',
        '<thing> (goes | belongs) (on | to | in) <goal>',
        'i want <thing> [(on | in | to) <goal>]',
        '<thing>',
      ],
      ['i want the red cube', 'the box goes on the left tray'],
    ),
    requestForm: 'never',
    takesPolicyInstructions: true,
  },
];

/** Corrections of the last instruction: they name the words to replace, and the rest stays. */
export const CORRECTION_PATTERNS = [
  'no [no] <thing>',
  'no <property>',
  'no [<attribute>] (<object> | <container>)',
  'no [i] (meant | mean | said) <thing>',
  '[no] not <thing:wrong> <thing>',
  '<thing> instead',
  '[no] i (meant | mean) <thing>',
  'no [on | onto | in | to] <goal>',
  '[on | onto | in | to] <goal> instead',
] as const;
