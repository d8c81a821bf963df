import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { VocabularyExtension } from '@praxis/policy';
import { loadVocabularyExtension } from '@praxis/policy/node';
import { Language } from '@praxis/teleop';
import { defaultPolicy, policyDirectory } from './paths.ts';

const EMPTY_EXTENSION: VocabularyExtension = { words: [], instructions: [] };

/** The command language with the words of a policy. @throws as {@link extensionFor}, and {InputError} on no wake word */
export const languageOf = (named: string | undefined, wakeWord?: string): Language =>
  new Language(extensionFor(named, wakeWord));

/**
 * What a policy adds to the language.
 * @param named directory of the policy; without it the shipped one's words count where there is one
 * @param wakeWord may stand before every command
 * @throws {InputError | PolicyError} when there is no such policy or its manifest is broken.
 */
export function extensionFor(named: string | undefined, wakeWord?: string): VocabularyExtension {
  if (named === undefined && !existsSync(join(defaultPolicy, 'manifest.json'))) return { ...EMPTY_EXTENSION, wakeWord };
  return { ...loadVocabularyExtension(policyDirectory(named)), wakeWord };
}
