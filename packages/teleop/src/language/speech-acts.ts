import type { Vocabulary } from './vocabulary.ts';

/** First words of questions, of statements about somebody else, and of suppositions. */
const NO_COMMAND = new Set(
  (
    'did does is are was were has have had should shall may might can could would will why who whom whose what where when which ' +
    'how i we he she they it there someone somebody everybody everyone let'
  ).split(' '),
);

/** Words before the verb of a request ("you should pick it up"), beside the words of instructions. */
const REQUESTING = new Set('you should must need have to try and do'.split(' '));

/** True when a sentence begins like a question, a statement about somebody else, or a supposition. */
export const beginsNoCommand = (words: readonly string[]): boolean =>
  NO_COMMAND.has(words[0]) || (words[0] === 'do' && words[1] === 'you');

/** True when a sentence, with a task verb somewhere, asks or tells the robot to do the task: no question, statement or supposition. */
export function isRequest(words: readonly string[], vocabulary: Vocabulary): boolean {
  if (vocabulary.isTaskVerb(words[0])) return true;
  if (beginsNoCommand(words)) return false;
  const verb = words.findIndex((word) => vocabulary.isTaskVerb(word));
  return words.slice(0, verb).every((word) => REQUESTING.has(word) || vocabulary.isKnown(word));
}
