import type { Intent } from './intent.ts';
import type { InterpretContext, Language } from './language.ts';
import { namesMotion } from './motion-words.ts';
import { excludes, forbids } from './negation.ts';
import { withoutFillers, wordsIn } from './normalise.ts';
import { beginsNoCommand } from './speech-acts.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What to do with a text that somebody gives a learned policy as its instruction. */
export type InstructionVerdict =
  /** Give the policy this text. */
  | { readonly verdict: 'instruct'; readonly text: string }
  /** The text holds a stop word: request a protective stop. */
  | { readonly verdict: 'stop'; readonly word: string }
  /** The text forbids a motion, or asks the robot to wait: end the motion and stay in place. */
  | { readonly verdict: 'hold' }
  /** Leave the policy as it is, and answer with these words. */
  | { readonly verdict: 'refuse'; readonly why: string };

/**
 * Decides whether a text may reach a learned policy, which would move the arm after any text. A stop word stops, a negation holds,
 * and a text is refused when it is another command than a task, or when it names nothing that the policy has learnt.
 * @param language command language with the vocabulary of that policy; without one, the words of the table are taken as learnt
 * @param text instruction as typed, spoken or received; any text is accepted
 * @param context last instruction, to which a correction refers
 *
 * @example
 * judgeInstruction(language, 'pick up the banana'); // { verdict: 'refuse', why: "I don't know banana" }
 */
export function judgeInstruction(language: Language, text: string, context: InterpretContext = {}): InstructionVerdict {
  const intent = language.interpret(text, context);
  if (intent.kind === 'stop') return { verdict: 'stop', word: intent.word };
  if (intent.kind === 'hold') return { verdict: 'hold' };
  if (intent.kind === 'instruct') return verdictOn(intent.text.split(' '), language);
  if (intent.kind !== 'unknown')
    return refusal(`"${text.trim()}" is a command of another kind (${intent.kind}), expected a task for the policy`);
  const words = withoutFillers(wordsIn(text));
  return namesObject(words, language)
    ? verdictOn(words, language)
    : refusal(whyUnknown(text, intent.unknownWord, language));
}

/**
 * The intent itself, or `unknown` for an instruction in words that the policy of this language has not learnt.
 * @param language command language with the vocabulary of the policy
 */
export function admitIntent(language: Language, intent: Intent): Intent {
  if (intent.kind !== 'instruct') return intent;
  const words = intent.text.split(' ');
  const unknownWord = unlearntWordIn(words, language);
  if (unknownWord === undefined) return intent;
  return { kind: 'unknown', text: intent.text, ...(words.includes(unknownWord) ? { unknownWord } : {}) };
}

const refusal = (why: string): InstructionVerdict => ({ verdict: 'refuse', why });

function verdictOn(words: readonly string[], language: Language): InstructionVerdict {
  const word = unlearntWordIn(words, language);
  return word === undefined ? { verdict: 'instruct', text: words.join(' ') } : refusal(`I don't know ${word}`);
}

/** The first word of a task that the policy has not learnt; the task itself when it names no object or attribute at all. */
function unlearntWordIn(words: readonly string[], { vocabulary }: Language): string | undefined {
  const isVerb = (word: string, i: number) => i === 0 && vocabulary.isTaskVerb(word);
  const unlearnt = words.find(
    (word, i) =>
      (vocabulary.isContentWord(word) || vocabulary.isSide(word) || isVerb(word, i)) &&
      !vocabulary.isGeneric(word) &&
      !vocabulary.isLearnt(word),
  );
  if (unlearnt !== undefined) return unlearnt;
  const names = words.some(
    (word) => (vocabulary.isContentWord(word) || vocabulary.isSide(word)) && vocabulary.isLearnt(word),
  );
  return names ? undefined : `what "${words.join(' ')}" is about`;
}

/** True when a text without a verb names an object in learnt words: "red cube". */
function namesObject(words: readonly string[], { vocabulary }: Language): boolean {
  return (
    words.some((word) => vocabulary.isNoun(word)) &&
    words.every((word) => vocabulary.isKnown(word) && !vocabulary.isTaskVerb(word)) &&
    !isNoTask(words, vocabulary)
  );
}

const isNoTask = (words: readonly string[], vocabulary: Vocabulary): boolean =>
  forbids(words) || excludes(words) || beginsNoCommand(words) || namesMotion(words, vocabulary);

function whyUnknown(text: string, unknownWord: string | undefined, { vocabulary }: Language): string {
  const words = withoutFillers(wordsIn(text));
  if (words.length === 0) return 'the instruction is empty';
  if (unknownWord !== undefined) return `I don't know ${unknownWord}`;
  const names = words.some((word) => vocabulary.isContentWord(word));
  const word = words.find((each) => !vocabulary.isKnown(each));
  return names || word === undefined || isNoTask(words, vocabulary)
    ? `"${text.trim()}" is no task that I understand`
    : `I don't know ${word}`;
}
