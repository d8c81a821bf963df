import type { Intent, Language } from '@praxis/teleop';
import { Refusal } from './answer.ts';
import type { Action } from './meaning.ts';
import { isMarkToken, type Reader } from './reader.ts';

const DIRECTIONS = { x: ['forward', 'back'], y: ['left', 'right'], z: ['up', 'down'] } as const;
const NUMBERS: ReadonlyMap<string, number> = new Map([
  ...'one two three four five six seven eight nine ten eleven twelve'
    .split(' ')
    .map((word, i) => [word, i + 1] as const),
  ['a', 1],
  ['fifteen', 15],
  ['twenty', 20],
  ['thirty', 30],
  ['forty', 40],
  ['sixty', 60],
]);

/** First words of commands of motion; the language is asked about no other clause, since its grammar is large. */
const FIRST_WORDS: ReadonlySet<string> = new Set(
  (
    'move go come shift slide jog nudge step translate left right up down forward back backward ahead higher lower away toward along in by x y z plus minus ' +
    'raise lift push reach advance extend pull retract withdraw keep rotate turn twist spin tilt lean roll pitch yaw open close shut squeeze grip set ' +
    'return drive home undo revert repeat again do one same faster slower quicker speed hurry half double twice quarter full maximum ' +
    'arm gripper hand fingers jaws claw gently firmly softly tightly slow the your a'
  ).split(' '),
);

/**
 * Reads a command of motion with the command language: up to the end of the clause, or to an "and" that begins another one.
 * @throws {Refusal} on a command that a plan has no skill for
 */
export function readMotion(r: Reader, language: Language): Action | undefined {
  const first = r.peek() ?? '';
  if (!FIRST_WORDS.has(first) && !NUMBERS.has(first) && !/^\d/.test(first)) return undefined;
  for (const end of endsOf(r)) {
    // "Move it up 5 cm" moves what the gripper holds.
    const words = r.tokens.slice(r.at, end).filter((word, i) => !(i === 1 && word === 'it'));
    const text = words.join(' ');
    const action = actionOf(language.interpret(text), text);
    if (!action) continue;
    r.at = end;
    return action;
  }
  return undefined;
}

/** Ends of the clause that begins here, the farthest first. */
function endsOf({ tokens, at }: Reader): readonly number[] {
  const ends: number[] = [];
  for (let i = at + 1; i <= tokens.length; i++) {
    const token = tokens[i];
    const isEnd = token === undefined || isMarkToken(token);
    if (isEnd || token === 'and' || token === 'then' || token === 'if' || token === 'unless' || token === 'before')
      ends.unshift(i);
    if (isEnd) break;
  }
  return ends;
}

function actionOf(intent: Intent, text: string): Action | undefined {
  const skill = (name: string, args: Readonly<Record<string, unknown>> = {}): Action => ({
    do: 'skill',
    skill: name,
    args,
  });
  switch (intent.kind) {
    case 'move': {
      if (intent.until === 'stopped' || intent.frame === 'tool')
        throw new Refusal(`"${text}" is no step of a plan: name a direction as seen from the robot, and a distance`);
      const direction = DIRECTIONS[intent.axis][intent.metres >= 0 ? 0 : 1];
      return skill('move', { direction, distance: Math.abs(intent.metres) });
    }
    case 'rotate':
      if (intent.axis !== 'z')
        throw new Refusal(`"${text}" is no step of a plan: the tool turns about its own axis only`);
      return skill('rotate', { angle: intent.radians });
    case 'gripper':
      if ('width_m' in intent) return skill('open_gripper', { width: intent.width_m });
      if ('opening' in intent)
        throw new Refusal(`"${text}" is no step of a plan: say how far the fingers are to open, in centimeters`);
      return skill(intent.action === 'open' ? 'open_gripper' : 'close_gripper');
    case 'home':
      return skill('home');
    case 'repeat':
      return { do: 'again' };
    case 'speed':
    case 'undo':
      throw new Refusal(`"${text}" is no step of a plan: say it while the arm moves`);
    case 'ask':
    case 'hold':
    case 'continue':
    case 'instruct':
    case 'stop':
    case 'unknown':
      return undefined;
  }
}

/** Reads "wait ten seconds", "look again" and the like. */
export function readSensing(r: Reader): Action | undefined {
  return r.attempt(() => {
    if (
      r.accept(
        'have another look | have a look | take another look | take a look | take a new look | look again | ' +
          'look around | look',
      )
    ) {
      r.accept('again | around');
      r.accept('at the table | at the scene | at everything | on the table | at the things');
      return { do: 'skill', skill: 'look', args: {} };
    }
    const waits =
      'wait for | wait | pause for | pause | hold it up for | hold it for | hold for | keep holding it for | hold still for';
    if (!r.accept(waits)) return undefined;
    r.accept('another | about');
    const word = r.isDone ? '' : r.next();
    const number = NUMBERS.get(word) ?? Number(word || Number.NaN);
    if (!Number.isFinite(number)) return undefined;
    const unit = r.accept('seconds | second | s | minutes | minute');
    return unit === undefined
      ? undefined
      : { do: 'skill', skill: 'wait', args: { seconds: unit.startsWith('minute') ? 60 * number : number } };
  });
}
