import { placedInputs } from '../manifest/graph-streams.ts';
import { isSecondVersion, type PolicyManifest } from '../manifest/parse.ts';

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

/** The vocabularies of a policy's inputs. A tokenizer's file has parts of words, which add no words. */
function wordsIn(manifest: PolicyManifest): readonly string[] {
  if (!isSecondVersion(manifest)) {
    return manifest.encoders.flatMap(({ input: { processor } }) =>
      processor.type === 'tokens' ? processor.vocabulary : [],
    );
  }
  return placedInputs(manifest).flatMap(({ input }) =>
    input.type === 'text' && input.tokenizer.type === 'words' ? input.tokenizer.vocabulary : [],
  );
}

/** Reads the vocabularies of the inputs and the policy's own wordings from its manifest. */
export const vocabularyExtension = (manifest: PolicyManifest): VocabularyExtension => ({
  words: wordsIn(manifest),
  instructions: manifest.instructions ?? [],
});
