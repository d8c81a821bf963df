/** The entry point for programs with a file system. */
import { moduleBeside } from '@praxis/core';
import { EMPTY_VOCABULARY, type VocabularyExtension } from '@praxis/policy';

/**
 * Names the command language as a grammar that a recogniser's thread can load. Satisfies `GrammarSource` of `@praxis/speech`.
 * @param vocabulary words of the loaded policy
 */
export const commandGrammar = (
  vocabulary: VocabularyExtension = EMPTY_VOCABULARY,
): { readonly module: string; readonly vocabulary: VocabularyExtension } => ({
  module: moduleBeside('./grammar', import.meta.url).href,
  vocabulary,
});
