import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ChunkScheduler, InputError, type Policy } from '@praxis/core';
import { RecedingHorizon } from '@praxis/policy';
import { loadPolicyFromDirectory } from '@praxis/policy/node';

/** A policy and the scheduler that executes its action chunks. */
export interface Driver {
  readonly name: string;
  readonly policy: Policy | 'expert';
  readonly scheduler: ChunkScheduler;
}

/** Modalities that an evaluation can mask. A policy does not receive a masked modality. */
export const MASKABLE_MODALITIES: readonly string[] = ['vision', 'wrench', 'language'];

/**
 * Loads the policy of a directory; `expert` selects the scripted expert of each task.
 * @param mask modalities to mask
 * @throws {PolicyError} when the policy does not load
 * @throws {InputError} when the policy does not use a masked modality
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

/** Reads the name of a policy from its manifest; `expert` for the expert. Expects a manifest that loads. */
export function policyName(policy: string | 'expert'): string {
  if (policy === 'expert') return policy;
  const manifest: { name?: unknown } = JSON.parse(readFileSync(join(policy, 'manifest.json'), 'utf8'));
  return String(manifest.name);
}

/** Identifies the policy that results belong to. */
export interface PolicyIdentity {
  readonly policy: string;
  /** SHA-256 of the policy's manifest, which contains the digests of the policy's files. */
  readonly sha256: string;
}

/** Reads name and digest of a policy. @param policy directory with a manifest that loads */
export function policyIdentity(policy: string): PolicyIdentity {
  const manifest = readFileSync(join(policy, 'manifest.json'));
  return { policy: policyName(policy), sha256: createHash('sha256').update(manifest).digest('hex') };
}
