import { isQuantityWord } from './number-words.ts';
import { UNREADABLE } from './signs.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The robot and its parts. "Hand" is also a verb ("hand me the cube") and half of "left hand side". */
const ROBOT_PARTS = new Set(
  'arm gripper hand hands wrist finger fingers jaw jaws claw grip robot elbow shoulder joint joints flange effector'.split(
    ' ',
  ),
);
/** Directions that never name an object. */
const DIRECTIONS = new Set(
  (
    'forward ahead back backward aside sideways higher clockwise counterclockwise further farther closer nearer around round ' +
    'toward north south east west'
  ).split(' '),
);
const SIDES = new Set(['left', 'right', 'lower', 'upper']);
/** Verbs that move the arm itself when no object follows. */
const ARM_VERBS = new Set(['move', 'go', 'come', 'slide', 'turn', 'touch']);
const DETERMINERS = new Set('the a an that this these those it me my your all every each any and'.split(' '));

/** True for the robot and its parts. */
export const isRobotPart = (word: string): boolean => ROBOT_PARTS.has(word);

/**
 * True when a sentence outside the table speaks of a motion of the arm: it holds a quantity, a direction, a part of the robot or a sign
 * that cannot be read. A policy knows none of these; it would go down and grasp.
 */
export function namesMotion(words: readonly string[], vocabulary: Vocabulary): boolean {
  return words.some(
    (word, i) =>
      word === UNREADABLE ||
      isQuantityWord(word) ||
      DIRECTIONS.has(word) ||
      namesRobot(words, i) ||
      isBareSide(words, i, vocabulary) ||
      movesWithoutObject(words, i, vocabulary),
  );
}

function namesRobot(words: readonly string[], i: number): boolean {
  if (!ROBOT_PARTS.has(words[i])) return false;
  if (words[i] === 'hand' && (i === 0 || words[i + 1] === 'side' || words[i + 1] === 'me')) return false;
  // "pick up the red cube with the gripper"
  return !(words[i - 1] === 'with' || (words[i - 2] === 'with' && DETERMINERS.has(words[i - 1])));
}

/** "Left" as a direction: neither "the left tray" nor "the tray on the left". */
function isBareSide(words: readonly string[], i: number, vocabulary: Vocabulary): boolean {
  if (!SIDES.has(words[i])) return false;
  const next = words[i + 1];
  if (next !== undefined && (vocabulary.wordKindOf(next) !== undefined || next === 'hand' || next === 'side'))
    return false;
  return !['the', 'is', 'on'].includes(words[i - 1]);
}

/** "Move over the red cube", "go up to it": a verb of motion with no object after it. */
function movesWithoutObject(words: readonly string[], i: number, vocabulary: Vocabulary): boolean {
  if (!ARM_VERBS.has(words[i])) return false;
  const rest = words.slice(i + 1).filter((word) => !vocabulary.isManner(word));
  // "the box goes on the left tray" and "i want to move it" have other words around the verb.
  const next = rest[0];
  if (next === undefined) return false;
  if (['left', 'right', 'up', 'down'].includes(next)) return true;
  if (words[i] === 'go' || words[i] === 'come') return !(next === 'and' || vocabulary.isTaskVerb(next));
  return !(DETERMINERS.has(next) || vocabulary.isContentWord(next) || vocabulary.isTaskVerb(next));
}
