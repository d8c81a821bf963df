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

/** The limits that hold when nobody sets others. */
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

/** The table as a document for people: what to say, what it means, and the rules of the grammar. */
export function languageDocument(language: Language): string {
  const rules = language.grammar.rules.map(
    ({ name, description, forms }) =>
      `| ${inlineCode(`<${name}>`)} | ${description} | ${forms.map(({ pattern }) => inlineCode(pattern)).join(', ')} |`,
  );
  return `# Voice commands

This file is written by \`npx praxis interpret --document > docs/voice-commands.md\` from the table in \`packages/teleop/src/language\`, which
the interpreter and the recogniser's grammar are made from as well. Try a sentence with \`npx praxis interpret "move left five centimetres"\`.

The first command that reads the whole sentence counts, from the top. "please", "uh", "could you" and the like are left out, British and
American spellings are the same, and numbers may be words or figures ("two point five", "one and a half", "a quarter of an inch",
"2,5 cm"). In a wording, \`[ ]\` may be left out, \`( | )\` is a choice, \`<name>\` is a rule of the list below, and \`~\` marks what is
written but never spoken. Spoken quantities have the sizes that an arm moves by: below 400 of millimetres and degrees, a hundred of
centimetres, inches and percent (200 and 300 percent besides), and ten of metres, feet, radians and turns. Written ones have any.

## Stopping

${STOP_WORDS.map((word) => `"${word}"`).join(', ')} stop the robot wherever they stand: "don't stop" stops, and so does "why did you stop". A false stop
costs a moment; a missed one may cost more. ${SPOTTED_STOP_WORDS.map((word) => `"${word}"`).join(', ')} are spotted as they are said; "abort"
sounds too much like "orange" and stops when what is said is over. It is a protective stop and no emergency stop: keep the button within reach.

A command with a negation ("don't move", "do not pick it up") makes the robot hold.

## Wake word

With a wake word ("robot", or any one to three words) people nearby may talk without moving the arm: what is said or typed counts
only when it begins with that word ("robot, move left five centimetres"), or when somebody begins to say it within ${WAKE_WINDOW_S} s after it. The
word alone ("robot") begins those ${WAKE_WINDOW_S} s, and is answered with "yes?" when it is typed. "hey" may stand before it. Stop words never need it. Whatever else is
said is \`unknown\`, and nothing is answered. There is none unless one is asked for: \`--wake-word robot\` of \`praxis interpret\`, \`transcribe\`,
\`drive\` and \`npm start\` (there for what is spoken), \`wake_word\` of \`speech_node\`.

## Directions

Directions are those of the base (x forward, y left, z up). With "in the tool frame" forward is where the fingers point (z), and up and
right are those of the wrist camera's image (x and y). Turns are about the tool's axes, clockwise as seen from the wrist along the fingers.

"back" alone and "go back" undo the last motion; "move back" and "back five centimetres" move toward the base.

## Commands

${language.rows.map((row) => rowSection(language, row)).join('\n\n')}

## How motions are bounded

A motion is a goal: a straight way from where the tool is when it begins, at a speed, with a time after which it is given up. At full
speed the tool moves at ${formatSpeed(limits.linearSpeed)} and turns at ${formatAngle(limits.angularSpeed)} a second; it begins at half of that ("faster", "full speed",
"half speed"). Steps above ${lengthInWords(limits.confirmStep)}, turns above ${formatAngle(limits.confirmTurn)} and the way home are read back and wait ${limits.confirmTime} s for a yes; steps above
${lengthInWords(limits.maximumStep)} and turns above ${formatAngle(limits.maximumTurn)} are refused, and so is what would leave the workspace or the arm's reach: half a motion is not
what was asked for. "Keep going left" ends after ${limits.continuousTime} s or ${lengthInWords(limits.continuousDistance)} unless it is said again before, whether or not anybody is left to end it, and at
the edge of the workspace.

A new motion brakes the old one on its own way and begins there. "Hold" ends a motion, or suspends what the policy does, with such a
brake; "continue" hands the arm back to the policy. "Back" returns to where the tool was before the last motion, one by one, as long
as the policy has not moved the arm meanwhile. "Close gently" tells the fingers only a little more than what they meet.

Every goal ends with a word: done, blocked (the arm does not follow: something is in the way), out of time, at the edge of the
workspace, outside the workspace, out of reach. Whatever is said, what reaches the arm has passed the supervisor, whose limits and
contact monitor hold for spoken motion as for everything else. After "stop", and when the supervisor has stopped the arm by itself, no
word moves it until somebody has reset the supervisor.

From the word to the arm at rest, in the simulator over 20 scenes: "stop" takes up to 0.10 s and 4 mm at half speed, 0.14 s and 10 mm at
full speed, 0.20 s and 20 mm in the middle of a scripted pick; "hold" up to 0.3 s and 23 mm, and up to 8 cm in the middle of a scripted
pick, since it waits for the loop and brakes gently. Recognition comes before that and takes its own time.

## Corrections

The words of a correction replace those of their kind (color, weight, side, size, thing, container) in the last instruction: after "pick up
the red cube", "no, the blue one" means "pick up the blue cube".

${CORRECTION_PATTERNS.map((pattern) => `    ${pattern}`).join('\n')}

## Everything else

A sentence that begins with a verb of tasks and names something is the policy's instruction as it stands. What is none of this is
\`unknown\`, and nothing moves. The words that a loaded policy has learnt (the vocabulary in its \`manifest.json\`) may stand for things and what
tells them apart, and its \`instructions\` are wordings of their own.

## Rules

| rule | what | wordings |
|---|---|---|
${rules.join('\n')}
`;
}
