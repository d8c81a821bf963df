import type { Language } from './language.ts';
import { wordsIn } from './normalise.ts';

/**
 * True for a sentence that an arm with a planner plans: a task in any words, also one that forbids one thing and asks for another ("don't take
 * the red cube, take the blue one"). A stop, a motion command and a prohibition that names no thing ("don't move") are none.
 *
 * @example
 * isPlannerRequest(language, 'pick up the cube that is not blue'); // true, although the command language holds
 */
export function isPlannerRequest(language: Language, text: string): boolean {
  const { kind } = language.interpret(text);
  if (kind === 'hold') return wordsIn(text).some((word) => language.vocabulary.isContentWord(word));
  return kind === 'instruct' || kind === 'unknown';
}
