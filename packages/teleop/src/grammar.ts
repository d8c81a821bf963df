import { EMPTY_VOCABULARY, type VocabularyExtension } from '@praxis/policy';
import { jsgfOf, wordsOfGrammar } from './language/jsgf.ts';
import { Language } from './language/language.ts';
import { wordsIn } from './language/normalise.ts';

/**
 * Makes the command language in the form that a recogniser needs; satisfies `GrammarModule` of `@praxis/speech`.
 * @param vocabulary words of the loaded policy
 * @param isPronounceable false for a word without a pronunciation in the recogniser; wordings that need it are left out
 * @throws {InputError} on an invalid wake word or an instruction that breaks the notation
 */
export function createGrammar(
  vocabulary: VocabularyExtension = EMPTY_VOCABULARY,
  isPronounceable: (word: string) => boolean = () => true,
) {
  const known = (text: string) => wordsOfGrammar(`\n\n=${text}`).every(isPronounceable);
  const { words, instructions, wakeWord } = vocabulary;
  const language = new Language({ words: words.filter(known), instructions: instructions.filter(known), wakeWord });
  return {
    jsgf: jsgfOf(language),
    wakeWords: language.wakeWord?.words ?? [],
    normalise: wordsIn,
    meaningOf: (text: string): string => JSON.stringify(language.interpret(text)),
    isCommand: (words: readonly string[]): boolean =>
      language.wakeWord?.wordsAfter(words)?.length === 0 || language.interpret(words.join(' ')).kind !== 'unknown',
  };
}
