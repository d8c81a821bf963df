import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { InputError, makePolicy, type Policy, type PolicyFactory } from '@praxis/core';
import { importDefault, isModulePath, loadPolicyFromDirectory } from '@praxis/policy/node';
import type { Project } from './project.ts';

/** Where a policy comes from: the expert of each task, a folder with a manifest, a module, or a function of the configuration. */
export type PolicySource =
  | { readonly kind: 'expert' }
  | { readonly kind: 'folder'; readonly directory: string }
  | { readonly kind: 'module'; readonly file: string }
  | { readonly kind: 'factory'; readonly name: string; readonly factory: PolicyFactory };

/** Name of the policy that comes with Praxis. */
const DEFAULT_POLICY = 'default';

/**
 * Resolves the value of `--policy`: `expert`, a registered name, a folder with a `manifest.json`, or a module.
 * @param named undefined selects the shipped policy
 * @throws {InputError} that says what was expected
 */
export function policySource(named: string | undefined, { registry }: Pick<Project, 'registry'>): PolicySource {
  if (named === 'expert') return { kind: 'expert' };
  const name = named ?? DEFAULT_POLICY;
  const registered = registry.policies.get(name);
  if (!registered) return pathSource(name, name, registry.policies.names);
  const { entry, folder } = registered;
  if (typeof entry !== 'string') return { kind: 'factory', name, factory: entry };
  // A relative path, since error messages begin with it.
  const path = relative(process.cwd(), resolve(folder ?? '.', entry)) || '.';
  return pathSource(path, named ?? 'models/default', []);
}

function pathSource(path: string, named: string, names: readonly string[]): PolicySource {
  if (existsSync(join(path, 'manifest.json'))) return { kind: 'folder', directory: path };
  if (isModulePath(path) && existsSync(path)) return { kind: 'module', file: path };
  const known = names.length > 0 ? `, a module, expert, or one of ${names.join(', ')}` : ' or a module';
  throw new InputError(`policy ${named}: expected a directory with a manifest.json${known}`);
}

/**
 * Opens a policy.
 * @returns `expert` for the scripted expert of each task
 * @throws {PolicyError} when the policy does not load; {InputError} when its module is no policy
 */
export async function openPolicy(source: PolicySource): Promise<Policy | 'expert'> {
  switch (source.kind) {
    case 'expert':
      return 'expert';
    case 'folder':
      return loadPolicyFromDirectory(source.directory);
    case 'module':
      return makePolicy(await importDefault(source.file), source.file);
    case 'factory':
      return makePolicy(source.factory, `policy ${source.name}`);
  }
}

/** Identifies the policy that results belong to. */
export interface PolicyIdentity {
  readonly policy: string;
  /** SHA-256 of the policy's manifest, which contains the digests of the policy's files, or of its module. */
  readonly sha256: string;
}

/** Reads the name of a policy; a module is opened for it. @throws as {@link openPolicy} */
export async function policyName(source: PolicySource): Promise<string> {
  if (source.kind === 'expert') return 'expert';
  if (source.kind === 'folder') {
    const manifest: { name?: unknown } = JSON.parse(readFileSync(join(source.directory, 'manifest.json'), 'utf8'));
    return String(manifest.name);
  }
  const policy = (await openPolicy(source)) as Policy;
  await policy.close();
  return policy.spec.name;
}

/**
 * Reads name and digest of a policy.
 * @param config configuration file, whose digest identifies the policies that it defines as functions
 */
export async function policyIdentity(source: PolicySource, config?: string): Promise<PolicyIdentity> {
  const file =
    source.kind === 'folder'
      ? join(source.directory, 'manifest.json')
      : source.kind === 'module'
        ? source.file
        : config;
  const digest = createHash('sha256').update(file === undefined ? source.kind : readFileSync(file));
  return { policy: await policyName(source), sha256: digest.digest('hex') };
}
