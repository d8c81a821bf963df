import type { Manifest } from '@praxis/policy';
import type { Extension } from './things.ts';

/** What a policy's manifest adds to the language: the vocabularies of its encoders and its own wordings. */
export const extensionOf = ({ encoders, instructions }: Pick<Manifest, 'encoders' | 'instructions'>): Extension => ({
  words: encoders.flatMap(({ input: { processor } }) => (processor.type === 'tokens' ? processor.vocabulary : [])),
  instructions: instructions ?? [],
});
