import type { EpisodeOutcome } from '../episodes/outcome.ts';
import { failureCause } from '../planning/failure-cause.ts';

/** Why an episode failed, in words that episodes have in common; undefined for a success. */
export function causeOf(outcome: EpisodeOutcome): string | undefined {
  const { success, failure = 'unknown', policyError, planned, safety } = outcome;
  if (success) return undefined;
  if (policyError !== undefined) return 'error of the policy';
  if (planned) return failureCause(outcome);
  if (safety?.stopCause && failure.startsWith('stopped: '))
    return `stopped by the supervisor: ${safety.stopCause.cause}`;
  return failure.includes('is no goal of this scene') ? 'no goal of the scene' : failure;
}
