import type { PolicySpec } from '@praxis/core';

/**
 * Largest age of a chunk of a policy of the usual latency (s): three times the normal age of 0.13 s, since an inference starts each 0.1 s and
 * takes 0.03 s.
 */
export const MAXIMUM_CHUNK_AGE_S = 0.4;

/**
 * Largest age of a chunk (s) where an inference is known to take `inferenceDelay` seconds. Inferences do not overlap, so that a chunk is
 * normally replaced at the age of the delay and one cycle; a cycle is the inference period, or the delay where that is longer. The limit leaves
 * room for one more cycle, whose inference failed or came late. It is never below {@link MAXIMUM_CHUNK_AGE_S}, and above it never past the last
 * action of the chunk, after which there is no prediction to follow.
 */
export function chunkAgeLimit(
  { horizon, actionPeriod, inferencePeriod }: Pick<PolicySpec, 'horizon' | 'actionPeriod' | 'inferencePeriod'>,
  inferenceDelay: number,
): number {
  const cycle = Math.max(inferencePeriod, inferenceDelay);
  return Math.max(MAXIMUM_CHUNK_AGE_S, Math.min(inferenceDelay + 2 * cycle, horizon * actionPeriod));
}
