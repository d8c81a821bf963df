import type { VocabularyExtension } from '@praxis/policy';

/** The language of the commands that a recogniser accepts: words, rules and meanings. */
export interface CommandGrammar {
  /** All commands in the JSpeech Grammar Format 1.0. */
  readonly jsgf: string;
  /** The words of the wake word, in order; empty without one. */
  readonly wakeWords: readonly string[];
  /** Splits a text into lower-case words in the spelling of the grammar. */
  normalise(text: string): readonly string[];
  /** Returns equal strings for two texts that mean the same command. */
  meaningOf(text: string): string;
  /** True for the words of a command, and for the wake word alone. */
  isCommand(words: readonly string[]): boolean;
}

/** A module that creates grammars, such as `@praxis/teleop/grammar`. */
export interface GrammarModule {
  /**
   * @param vocabulary words of the loaded policy
   * @param isPronounceable returns false for a word that the recogniser cannot pronounce; the grammar omits rules that need it
   * @throws {InputError} when the vocabulary yields no grammar
   */
  createGrammar(vocabulary: VocabularyExtension, isPronounceable?: (word: string) => boolean): CommandGrammar;
}

/** Names a grammar by data alone, so that a thread can load it. */
export interface GrammarSource {
  /** URL of a {@link GrammarModule}. */
  readonly module: string;
  readonly vocabulary: VocabularyExtension;
}

/** Imports the module of a grammar. */
export const loadGrammarModule = ({ module }: GrammarSource): Promise<GrammarModule> =>
  import(/* @vite-ignore */ module) as Promise<GrammarModule>;
