import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '@praxis/core';

/** Root of the repository that this command belongs to. */
export const repositoryRoot = fileURLToPath(new URL('../../../..', import.meta.url)).replace(/[\\/]$/, '');

/** Directory of the shipped policy. */
export const defaultPolicy = join(repositoryRoot, 'models', 'default');

/**
 * Checks the directory of a policy; undefined selects the shipped policy.
 * @throws {InputError} when the directory has no manifest.json
 */
export function policyDirectory(named: string | undefined): string {
  // A relative path, since error messages of the policy begin with it.
  const directory = named ?? (relative(process.cwd(), defaultPolicy) || '.');
  if (existsSync(join(directory, 'manifest.json'))) return directory;
  throw new InputError(`policy ${named ?? 'models/default'}: expected a directory with a manifest.json`);
}
