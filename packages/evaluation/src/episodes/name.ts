import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

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
