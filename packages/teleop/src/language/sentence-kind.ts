import type { IntentKind } from './intent.ts';
import type { Language } from './language.ts';
import { wordsIn } from './normalise.ts';

/**
 * What an operator's sentence is where a planner listens. `stop`: a protective stop, past every plan. `hold`: the end of all motion and of
 * the plan. `question`: about what the robot sees or does, which interrupts nothing. `request`: a plan. `command`: one motion, an answer, or
 * anything else that the command language executes.
 */
export type SentenceKind = 'stop' | 'hold' | 'question' | 'request' | 'command';

const KINDS: Readonly<Partial<Record<IntentKind, SentenceKind>>> = {
  stop: 'stop',
  hold: 'hold',
  ask: 'question',
  instruct: 'request',
  unknown: 'request',
};

/**
 * Decides what a sentence is. The command language holds at any negation; one that names a thing, such as "the blue cube, not the red one",
 * is a request, which a commander begins with a hold too.
 */
export function sentenceKind(language: Language, text: string): SentenceKind {
  const kind = KINDS[language.interpret(text).kind] ?? 'command';
  const namesThing = wordsIn(text).some((word) => language.vocabulary.isContentWord(word));
  return kind === 'hold' && namesThing ? 'request' : kind;
}
