import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorMessage, InputError } from '@praxis/core';
import { parseManifest } from '../manifest/manifest.ts';
import { vocabularyExtension, type VocabularyExtension } from '../vocabulary/vocabulary.ts';

/**
 * What a policy adds to the language; only its manifest is read, nothing else is loaded.
 * @param folder of the policy
 * @throws {InputError | PolicyError} when there is no manifest in it or it is broken.
 */
export function loadVocabularyExtension(folder: string): VocabularyExtension {
  const path = join(folder, 'manifest.json');
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new InputError(`${path}: expected JSON, ${errorMessage(cause)}`, { cause });
  }
  return vocabularyExtension(parseManifest(json, path));
}
