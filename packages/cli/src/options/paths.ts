import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '@praxis/core';

/** Root of the checkout that this command belongs to. */
export const repositoryRoot = fileURLToPath(new URL('../../../..', import.meta.url)).replace(/[\\/]$/, '');

/** The shipped policy. */
export const defaultPolicy = join(repositoryRoot, 'models', 'default');

/**
 * Directory of a policy that the user named, or the shipped one.
 * @throws {InputError} when there is no manifest.json in it.
 */
export function policyDirectory(named: string | undefined): string {
  // As short as the user would write it: errors of the policy begin with it.
  const directory = named ?? (relative(process.cwd(), defaultPolicy) || '.');
  if (existsSync(join(directory, 'manifest.json'))) return directory;
  throw new InputError(`policy ${named ?? 'models/default'}: expected a directory with a manifest.json`);
}

/** As {@link policyDirectory}, or the word `expert`: the task's scripted expert. */
export const policyOrExpert = (named: string | undefined): string =>
  named === 'expert' ? named : policyDirectory(named);
