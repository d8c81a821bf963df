import type { LoadProgress } from '../protocol/protocol.ts';

/** What the first episode waits for. */
export interface Loading {
  readonly simulator: 'loading' | 'loaded';
  readonly policy: 'loading' | LoadProgress | 'loaded';
}

/** Parts of the bar. Policy and simulator load at the same time; the rest is the first scene. */
const POLICY_SHARE = 0.6;
const SIMULATOR_SHARE = 0.3;

/** The policy's files, 0 to 1. The programs that run them are not in the figure, so it ends below 1. */
function policyFraction(policy: Loading['policy']): number {
  if (policy === 'loaded') return 1;
  if (policy === 'loading' || policy.totalBytes === 0) return 0;
  return 0.9 * Math.min(1, policy.loadedBytes / policy.totalBytes);
}

/** How much is loaded, 0 to 1. */
export const loadingFraction = ({ simulator, policy }: Loading): number =>
  POLICY_SHARE * policyFraction(policy) + (simulator === 'loaded' ? SIMULATOR_SHARE : 0);

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

/** What is being loaded, in one line. */
export function loadingText({ simulator, policy }: Loading): string {
  const transfer =
    typeof policy === 'object' && policy.totalBytes > 0
      ? `, ${megabytes(policy.loadedBytes)} of ${megabytes(policy.totalBytes)} MB`
      : '';
  const parts = [
    ...(simulator === 'loaded' ? [] : ['the simulator']),
    ...(policy === 'loaded' ? [] : [`the policy${transfer}`]),
  ];
  return `Loading ${parts.join(' and ') || 'the first scene'}`;
}
