import type { VocabularyExtension } from '@praxis/policy';

/** The commands that a recogniser may hear: their words, rules and meanings. */
export interface CommandGrammar {
  /** All commands in the JSpeech Grammar Format 1.0. */
  readonly jsgf: string;
  /** The words of the wake word, in order; empty without one. */
  readonly wakeWords: readonly string[];
  /** Splits a text into lower-case words as the grammar spells them. */
  normalise(text: string): readonly string[];
  /** Returns equal strings for two texts that mean the same command. */
  meaningOf(text: string): string;
  /** True for the words of a command, and for the wake word alone. */
  isCommand(words: readonly string[]): boolean;
}

/** A module that makes grammars; `@praxis/teleop/grammar` is one. */
export interface GrammarModule {
  /**
   * @param vocabulary words of the loaded policy
   * @param isPronounceable false for a word that the recogniser has no pronunciation of: what needs it is left out
   * @throws {InputError} on a vocabulary that makes no grammar
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
