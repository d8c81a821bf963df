import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The name that the manifest gives, or `expert`. The directory must hold a manifest that has been loaded before. */
export function policyName(policy: string | 'expert'): string {
  if (policy === 'expert') return policy;
  const manifest: { name?: unknown } = JSON.parse(readFileSync(join(policy, 'manifest.json'), 'utf8'));
  return String(manifest.name);
}
