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
