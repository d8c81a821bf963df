import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { InputError, makePolicy, type Policy, type PolicyFactory } from '@praxis/core';
import {
  importDefault,
  isModulePath,
  loadPolicyFromDirectory,
  openRemotePolicy,
  ProcessPolicy,
  readInputFile,
  readManifest,
} from '@praxis/policy/node';
import { isPolicyAddress } from '@praxis/policy/remote';
import type { Project } from './project.ts';

/** Where a policy comes from: the expert of each task, a folder with a manifest, a module, a function of the configuration, or a server. */
export type PolicySource =
  | { readonly kind: 'expert' }
  | { readonly kind: 'folder'; readonly directory: string }
  | { readonly kind: 'module'; readonly file: string }
  | { readonly kind: 'factory'; readonly name: string; readonly factory: PolicyFactory }
  | {
      readonly kind: 'remote';
      readonly address: string;
      /** File that says what goes over the wire, for a server that does not. */
      readonly spec: string | undefined;
    };

/** Name of the policy that comes with Praxis. */
const DEFAULT_POLICY = 'default';

/**
 * Resolves the value of `--policy`: `expert`, a registered name, a folder with a `manifest.json`, a module, or the address of a server.
 * @param named undefined selects the shipped policy
 * @param spec file of `--policy-spec`, for the address of a server. Default: none
 * @throws {InputError} that says what was expected
 */
export function policySource(
  named: string | undefined,
  { registry }: Pick<Project, 'registry'>,
  spec?: string,
): PolicySource {
  if (named !== undefined && isPolicyAddress(named)) return { kind: 'remote', address: named, spec };
  if (spec !== undefined) throw new InputError(`--policy-spec ${spec}: expected --policy ws://host:port with it`);
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
  const known = names.length > 0 ? `, a module, ws://host:port, expert, or one of ${names.join(', ')}` : ' or a module';
  throw new InputError(`policy ${named}: expected a directory with a manifest.json${known}`);
}

/**
 * Where a policy infers. `thread`: in the thread that calls it, which an inference that does not end blocks for good. `process`: in a
 * process of its own; a function of the configuration, which no other process has, and the expert stay in the thread.
 */
export type PolicyPlace = 'thread' | 'process';

/**
 * Opens a policy.
 * @returns `expert` for the scripted expert of each task
 * @throws {PolicyError} when the policy does not load; {InputError} when its module is no policy
 */
export async function openPolicy(source: PolicySource, place: PolicyPlace = 'thread'): Promise<Policy | 'expert'> {
  switch (source.kind) {
    case 'expert':
      return 'expert';
    case 'folder':
      return place === 'process' ? ProcessPolicy.open(source.directory) : loadPolicyFromDirectory(source.directory);
    case 'module':
      if (place === 'process') return ProcessPolicy.open({ file: source.file });
      return makePolicy(await importDefault(source.file), source.file);
    case 'factory':
      return makePolicy(source.factory, `policy ${source.name}`);
    // The connection does not block its thread.
    case 'remote':
      return openRemotePolicy(source.address, { specFile: source.spec });
  }
}

/** Identifies the policy that results belong to. */
export interface PolicyIdentity {
  readonly policy: string;
  /** SHA-256 of the policy's manifest, which contains the digests of the policy's files, or of its module. */
  readonly sha256: string;
}

/** Reads the name of a policy; a module is opened for it, and a server asked. @throws as {@link openPolicy} */
export async function policyName(source: PolicySource): Promise<string> {
  if (source.kind === 'expert') return 'expert';
  if (source.kind === 'folder') return readManifest(source.directory).name;
  const policy = (await openPolicy(source)) as Policy;
  await policy.close();
  return policy.spec.name;
}

/**
 * Reads name and digest of a policy.
 * @param config configuration file, whose digest identifies the policies that it defines as functions
 */
export async function policyIdentity(source: PolicySource, config?: string): Promise<PolicyIdentity> {
  if (source.kind === 'remote') return remoteIdentity(source);
  const file =
    source.kind === 'folder'
      ? join(source.directory, 'manifest.json')
      : source.kind === 'module'
        ? source.file
        : config;
  const digest = createHash('sha256').update(file === undefined ? source.kind : readInputFile(file, 'a file'));
  return { policy: await policyName(source), sha256: digest.digest('hex') };
}

/** A server does not say which weights it has: address and spec are all that is known. */
async function remoteIdentity(source: PolicySource & { kind: 'remote' }): Promise<PolicyIdentity> {
  const { address, spec: specFile } = source;
  const policy = await openRemotePolicy(address, { specFile });
  await policy.close();
  const digest = createHash('sha256').update(JSON.stringify([address, policy.spec]));
  return { policy: policy.spec.name, sha256: digest.digest('hex') };
}
