import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@praxis/core';
import { parseManifest } from '@praxis/policy';
import { extensionOf, Language } from '@praxis/speech';
import { defaultPolicy, policyDirectory } from '../paths.ts';

/**
 * The command language with the words of a policy; only of its manifest, nothing else is loaded.
 * @param named directory of the policy; without it the shipped one's words count where there is one
 * @throws {InputError | PolicyError} when there is no such policy or its manifest is broken.
 */
export function languageOf(named: string | undefined): Language {
  if (named === undefined && !existsSync(join(defaultPolicy, 'manifest.json'))) return new Language();
  const path = join(policyDirectory(named), 'manifest.json');
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new InputError(`${path}: expected JSON, ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
  return new Language(extensionOf(parseManifest(json, path)));
}
