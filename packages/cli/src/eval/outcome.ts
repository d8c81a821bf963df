/** One episode of an evaluation. */
export interface EpisodeJob {
  readonly task: string;
  readonly seed: number;
}

/** What an evaluation keeps of one episode. */
export interface EpisodeOutcome extends EpisodeJob {
  readonly success: boolean;
  readonly instruction: string;
  /** The object that was taken is the one that the instruction names. */
  readonly instructionFollowed: boolean;
  /** Simulated seconds until the episode ended. */
  readonly timeS: number;
  readonly peakForceN: number;
  /** Wall time of each inference (ms). */
  readonly policyMs: readonly number[];
  readonly missedDeadlines: number;
  readonly emptyQueueTicks: number;
  /** Physics steps. */
  readonly steps: number;
  /** Digest of every action of the episode in order. */
  readonly actionsSha256: string;
  /** Why it failed, in words. */
  readonly failure?: string;
  /** The same seed again with another object named; only in a swap test, after a success. */
  readonly swapped?: { readonly instruction: string; readonly followed: boolean };
}

/** What all workers of an evaluation share. */
export interface EvaluationSetup {
  /** Directory of the policy, or the task's scripted expert. */
  readonly policy: string | 'expert';
  /** Modalities that are withheld from the policy. */
  readonly mask: readonly string[];
  readonly swap: boolean;
  /** How many episodes there are in all. */
  readonly episodes: number;
}
