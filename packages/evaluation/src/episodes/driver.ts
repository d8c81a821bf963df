import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ChunkScheduler, InputError, type Policy } from '@praxis/core';
import { RecedingHorizon } from '@praxis/policy';
import { loadPolicyFromDirectory } from '@praxis/policy/node';

/** What drives the robot in an episode. */
export interface Driver {
  readonly name: string;
  readonly policy: Policy | 'expert';
  readonly scheduler: ChunkScheduler;
}

/** Modalities that may be withheld. A policy without one of them cannot lose it. */
export const MASKABLE: readonly string[] = ['vision', 'wrench', 'language'];

/**
 * Loads the policy in a directory, or takes the task's scripted expert.
 * @throws {PolicyError} when the policy does not load.
 * @throws {InputError} when a modality is masked that the policy has not got.
 */
export async function openDriver(policy: string | 'expert', mask: readonly string[]): Promise<Driver> {
  const scheduler = new RecedingHorizon();
  if (policy === 'expert') {
    if (mask.length > 0) throw new InputError(`--mask ${mask.join(',')}: the expert reads no sensor`);
    return { name: 'expert', policy, scheduler };
  }
  const loaded = await loadPolicyFromDirectory(policy);
  const known = [...new Set(loaded.spec.inputs.map((input) => input.modality))];
  const strange = mask.find((modality) => !known.includes(modality));
  if (strange !== undefined) throw new InputError(`--mask ${strange}: the policy uses ${known.join(', ')}`);
  return { name: loaded.spec.name, policy: loaded, scheduler };
}

/** The name that the manifest gives, or `expert`. The directory must hold a manifest that has been loaded before. */
export function policyName(policy: string | 'expert'): string {
  if (policy === 'expert') return policy;
  const manifest: { name?: unknown } = JSON.parse(readFileSync(join(policy, 'manifest.json'), 'utf8'));
  return String(manifest.name);
}

/** Which policy results were made with. */
export interface PolicyIdentity {
  readonly policy: string;
  /** Of the policy's manifest, which has those of its files. */
  readonly sha256: string;
}

/** @param policy a directory whose manifest can be read */
export function policyIdentity(policy: string): PolicyIdentity {
  const manifest = readFileSync(join(policy, 'manifest.json'));
  return { policy: policyName(policy), sha256: createHash('sha256').update(manifest).digest('hex') };
}
