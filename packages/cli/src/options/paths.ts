import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '@praxis/core';
import { DEFAULT_POLICY_FOLDER } from '@praxis/models';

/** Root of the checkout that this command runs from; undefined in an installed package. */
export const checkoutRoot: string | undefined = import.meta.url.endsWith('.ts')
  ? fileURLToPath(new URL('../../../..', import.meta.url)).replace(/[\\/]$/, '')
  : undefined;

/**
 * Checks the directory of a policy; undefined selects the shipped policy.
 * @throws {InputError} when the directory has no manifest.json
 */
export function policyDirectory(named: string | undefined): string {
  // A relative path, since error messages of the policy begin with it.
  const directory = named ?? (relative(process.cwd(), DEFAULT_POLICY_FOLDER) || '.');
  if (existsSync(join(directory, 'manifest.json'))) return directory;
  throw new InputError(`policy ${named ?? 'models/default'}: expected a directory with a manifest.json`);
}
