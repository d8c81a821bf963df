/** Words that forbid what the sentence names; "n't" is read as "not". */
const FORBIDDING = new Set(
  'not never no none nor neither nothing avoid avoiding refuse refrain forbid forbidden prohibited'.split(' '),
);

/** Words that exclude a thing, or that put a command under a condition that the robot cannot judge. */
const EXCLUDING = new Set(
  (
    'without except excepting excluding excludes but unless if whether when whenever while until till before after besides ' +
    'ignore ignoring skip skipping spare sparing prevent lest anything everything away ' +
    'later tomorrow tonight'
  ).split(' '),
);

/** Phrases with the effect of those words. */
const EXCLUDING_PHRASES = [
  'other than',
  'rather than',
  'instead of',
  'apart from',
  'aside from',
  'save for',
  'save the',
  'hold off',
  'hold back',
  'hold on',
  'hands off',
  'off of',
  'get off',
  'keep off',
].map((phrase) => phrase.split(' '));

/** Words after "leave the red cube" that leave it where it is. */
const LEFT_ALONE = new Set('alone be there here where untouched in as'.split(' '));

/** True when a sentence forbids something: no command, and the motion that it forbids may be under way. */
export const forbids = (words: readonly string[]): boolean => words.some((word) => FORBIDDING.has(word));

/** True when a sentence excludes something or holds under a condition: a policy would take what it names. */
export const excludes = (words: readonly string[]): boolean =>
  words.some(
    (word, i) =>
      EXCLUDING.has(word) || EXCLUDING_PHRASES.some((phrase) => phrase.every((each, k) => words[i + k] === each)),
  ) ||
  leavesAlone(words) ||
  dropsOnly(words);

/** "Leave the red cube there", but not "leave the red cube on the tray". */
function leavesAlone(words: readonly string[]): boolean {
  const from = words.indexOf('leave');
  if (from < 0) return false;
  const rest = words.slice(from + 1);
  return rest.some((word, i) => LEFT_ALONE.has(word) && (word !== 'in' || ['peace', 'place'].includes(rest[i + 1])));
}

/** "Drop the red cube" asks to open the gripper; "drop it onto the tray" is a task. */
const dropsOnly = (words: readonly string[]): boolean =>
  words.includes('drop') && !words.some((word) => ['on', 'onto', 'in', 'into', 'to', 'upon'].includes(word));
