import type { EpisodeResult } from '@praxis/sim';

/** The facts of an episode's end for its recording. */
export const episodeResultFacts = (result: EpisodeResult): Readonly<Record<string, string>> => ({
  outcome: result.outcome,
  instruction: result.instruction,
  instruction_followed: String(result.instructionFollowed),
  time_s: JSON.stringify(result.timeS),
  peak_force_n: JSON.stringify(result.peakForceN),
  actions_sha256: result.actionsSha256,
  ...(result.failure === undefined ? {} : { failure: result.failure }),
  ...(result.safety ? { safety_state: result.safety.state } : {}),
});
