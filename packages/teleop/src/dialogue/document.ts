import { SPOTTED_STOP_WORDS, STOP_WORDS } from '@praxis/core';
import { CORRECTION_PATTERNS, type CommandRow } from '../language/commands.ts';
import type { Intent } from '../language/intent.ts';
import type { Language } from '../language/language.ts';
import { angleInWords, lengthInWords } from './describe-goal.ts';
import { DEFAULT_DIALOGUE_LIMITS } from './limits.ts';
import { WAKE_WINDOW_S } from './wake-window.ts';

const describeIntent = (intent: Intent): string => {
  const { kind, ...rest } = intent;
  const fields = Object.entries(rest).map(
    ([name, value]) => `${name} ${typeof value === 'number' ? Math.round(value * 1e5) / 1e5 : value}`,
  );
  return [kind, ...fields].join(', ');
};

/** The document states the default limits. */
const limits = DEFAULT_DIALOGUE_LIMITS;
const formatSpeed = (metres: number): string => `${lengthInWords(metres)} a second`;
const formatAngle = angleInWords;

const inlineCode = (text: string): string => `\`${text.replace(/\|/g, '\\|')}\``;

function rowSection(language: Language, row: CommandRow): string {
  const examples = row.examples.map((text) => `- "${text}": ${describeIntent(language.interpret(text))}`);
  return [
    `**${row.kind}**: ${row.description}.`,
    '',
    ...examples,
    ...(examples.length > 0 ? [''] : []),
    ...row.patterns.map((pattern) => `    ${pattern}`),
  ].join('\n');
}

/**
 * Writes the command language as a Markdown document for operators: the commands with their meaning, how motion is bounded,
 * and the rules of the grammar.
 */
export function languageDocument(language: Language): string {
  const rules = language.grammar.rules.map(
    ({ name, description, forms }) =>
      `| ${inlineCode(`<${name}>`)} | ${description} | ${forms.map(({ pattern }) => inlineCode(pattern)).join(', ')} |`,
  );
  return `# Voice commands

\`npx praxis interpret --document > docs/voice-commands.md\` writes this file from the table in \`packages/teleop/src/language\`. The
interpreter and the recogniser's grammar are made from the same table. Try a sentence with \`npx praxis interpret "move left five centimetres"\`.

The first command, from the top, that matches the whole sentence counts. "please", "uh", "could you" and the like are ignored, British and
American spellings are equal, and numbers may be words or figures ("two point five", "one and a half", "a quarter of an inch",
"2,5 cm"). In a wording, \`[ ]\` is optional, \`( | )\` is a choice, \`<name>\` is a rule of the list below, and \`~\` marks wordings
for typing alone. Spoken quantities have the sizes that an arm moves by: below 400 for millimetres and degrees, below 100 for
centimetres, inches and percent (and 200 and 300 percent), and below 10 for metres, feet, radians and turns. Typed quantities have any size,
except for percent.

Before a number or an axis, every kind of dash is a minus sign ("x = –5 cm"); hyphens, underscores and slashes join words without a
meaning ("red-cube"). Figures are never added up: "5-10 cm", "5 10 cm" and "1.2.3 cm" are no numbers, nor is
"1,000 mm", which may be one or a thousand; only a fraction below one follows a whole number ("2 1/2"). A sign that is not understood ("±", "#", "5 cm/s") makes the whole sentence \`unknown\`.

## Stopping

${STOP_WORDS.map((word) => `"${word}"`).join(', ')} stop the robot anywhere in a sentence: "don't stop" stops, and so does "why did you stop". A false stop
costs a moment; a missed one may cost more. ${SPOTTED_STOP_WORDS.map((word) => `"${word}"`).join(', ')} are spotted while you speak; "abort"
sounds too much like "orange" and stops at the end of the utterance. This is a protective stop and not an emergency stop: keep the button within reach.

A command with a negation ("don't move", "you mustn't pick it up", "pick up no red cube", "avoid ...", "refuse ...") makes the robot
hold. A sentence that excludes something or sets a condition ("anything but the red cube", "without ...", "instead of ...", "unless ...",
"leave it alone") is \`unknown\`.

## Wake word

With a wake word ("robot", or any one to three words) people nearby may talk without moving the arm. A sentence, spoken or typed, then counts
only when it begins with that word ("robot, move left five centimetres") or when it begins within ${WAKE_WINDOW_S} s after it. The
word alone ("robot") opens this window of ${WAKE_WINDOW_S} s; when typed, it is answered with "yes?". "hey" may stand before it. Stop words never need it. Any
other sentence is \`unknown\` and gets no answer. By default there is no wake word. Set it with \`--wake-word robot\` of \`praxis interpret\`,
\`transcribe\`, \`drive\` and \`npm start\` (for speech), or with the parameter \`wake_word\` of \`speech_node\`.

## Directions

Directions are those of the base (x forward, y left, z up). With "in the tool frame", forward is where the fingers point (z), and up and
right are those of the wrist camera's image (x and y). Rotations are about the tool's axes, clockwise as seen from the wrist along the fingers.

"back" alone and "go back" undo the last motion; "move back" and "back five centimetres" move toward the base.

## Commands

${language.rows.map((row) => rowSection(language, row)).join('\n\n')}

## How motions are bounded

A motion is a goal: a straight path from the tool's pose at its start, with a speed and a timeout. At full
speed the tool moves at ${formatSpeed(limits.linearSpeed)} and rotates at ${formatAngle(limits.angularSpeed)} a second; the initial speed is half of that ("faster", "full speed",
"half speed"). Steps above ${lengthInWords(limits.confirmStep)}, rotations above ${formatAngle(limits.confirmTurn)} and the motion to home are read back and wait ${limits.confirmTime} s for a yes. Steps above
${lengthInWords(limits.maximumStep)}, rotations above ${formatAngle(limits.maximumTurn)} and motions that would leave the workspace or the arm's reach are refused rather than
shortened. "Keep going left" ends after ${limits.continuousTime} s or ${lengthInWords(limits.continuousDistance)} unless you repeat it in time, and at the edge of the workspace. It ends
even when the microphone or the connection fails.

A new motion brakes the old one along its path and starts from there. "Hold" ends a motion, or suspends the policy, with such a
brake; "continue" gives the arm back to the policy. "Back" returns to the tool's pose before the last motion, one motion at a time, until
the policy moves the arm. "Close gently" keeps the commanded width only a little ahead of the fingers.

Every goal ends with a spoken result: done, blocked (the arm does not follow: it meets an obstacle), out of time, at the edge of the
workspace, outside the workspace, out of reach. Every command passes the supervisor before it reaches the arm, and the supervisor's limits and
contact monitor hold for spoken motion as for all other motion. After "stop", and after a stop by the supervisor, no
command moves the arm until an operator has reset the supervisor.

Delay from the command to the arm at rest, in the simulator over 20 scenes: "stop" takes up to 0.10 s and 4 mm at half speed, 0.14 s and 10 mm at
full speed, and 0.20 s and 20 mm in the middle of a scripted pick. "Hold" takes up to 0.3 s and 23 mm, and up to 8 cm in the middle of a scripted
pick, since it waits for the control loop and brakes gently. The time for recognition comes on top.

## Corrections

The words of a correction replace the words of the same kind (color, weight, side, size, thing, container) in the last instruction: after "pick up
the red cube", "no, the blue one" means "pick up the blue cube".

${CORRECTION_PATTERNS.map((pattern) => `    ${pattern}`).join('\n')}

## Everything else

A sentence that asks for a task with a task verb and names a known object becomes the policy's instruction, word for word. An object that
nobody has taught is refused by its name ("I don't know banana"). Every other sentence is \`unknown\`, and nothing moves: questions and
statements ("did you pick up the red cube"), and motions of the arm that the table lacks, which have a direction, a number, a unit or a part of the
robot where a task has an object ("move it left", "move over the red cube", "close the gripper to 0"). Words that a loaded policy has learnt (the
vocabulary in its \`manifest.json\`) may stand for objects and attributes, and its \`instructions\` are additional wordings. An instruction reaches that policy only in words that it has learnt: with one that
has seen cubes alone, "pick up the ball" is answered with "I don't know ball".

## Rules

| rule | meaning | wordings |
|---|---|---|
${rules.join('\n')}
`;
}
