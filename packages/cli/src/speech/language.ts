import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@praxis/core';
import { parseManifest } from '@praxis/policy';
import { type Extension, extensionOf, Language } from '@praxis/speech';
import { defaultPolicy, policyDirectory } from '../paths.ts';

const NOTHING: Extension = { words: [], instructions: [] };

/** The command language with the words of a policy. @throws as {@link extensionFor} */
export const languageOf = (named: string | undefined): Language => new Language(extensionFor(named));

/**
 * What a policy adds to the language; only its manifest is read, nothing else is loaded.
 * @param named directory of the policy; without it the shipped one's words count where there is one
 * @throws {InputError | PolicyError} when there is no such policy or its manifest is broken.
 */
export function extensionFor(named: string | undefined): Extension {
  if (named === undefined && !existsSync(join(defaultPolicy, 'manifest.json'))) return NOTHING;
  const path = join(policyDirectory(named), 'manifest.json');
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new InputError(`${path}: expected JSON, ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
  return extensionOf(parseManifest(json, path));
}
