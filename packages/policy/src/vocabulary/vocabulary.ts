import type { Manifest } from '../manifest/manifest.ts';

/** The words that a loaded policy adds to the command language. */
export interface VocabularyExtension {
  /** Words in the vocabularies of the policy's encoders. */
  readonly words: readonly string[];
  /** Complete instructions in the notation of the command table. */
  readonly instructions: readonly string[];
  /** The name of the robot, one to three words; it may precede every command. */
  readonly wakeWord?: string;
}

/** The vocabulary of a policy that adds no words. */
export const EMPTY_VOCABULARY: VocabularyExtension = { words: [], instructions: [] };

/** Reads the vocabularies of the encoders and the policy's own wordings from its manifest. */
export const vocabularyExtension = ({
  encoders,
  instructions,
}: Pick<Manifest, 'encoders' | 'instructions'>): VocabularyExtension => ({
  words: encoders.flatMap(({ input: { processor } }) => (processor.type === 'tokens' ? processor.vocabulary : [])),
  instructions: instructions ?? [],
});
