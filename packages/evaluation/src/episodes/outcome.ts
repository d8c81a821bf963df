import type { FaultResult, SafetyResult } from '@praxis/sim';

/** One episode of an evaluation. */
export interface EpisodeJob {
  readonly task: string;
  readonly seed: number;
  /** Something goes wrong in it: one of `FAULT_NAMES`. */
  readonly fault?: string;
  /** Said in place of the task's own words; the goal stays the task's. */
  readonly instruction?: string;
}

/** What an evaluation keeps of one episode. */
export interface EpisodeOutcome extends Omit<EpisodeJob, 'fault' | 'instruction'> {
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
  /** Absent when nothing supervised the arm. */
  readonly safety?: SafetyResult;
  /** Absent without a fault, and when the episode was over before it came. */
  readonly fault?: FaultResult;
  /** The same strike with nothing that supervises the arm; only where something strikes. */
  readonly unsupervised?: { readonly peakForceN: number };
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
  /** Whether a supervisor guards the arm. */
  readonly safety: 'on' | 'off';
  /** How many episodes there are in all. */
  readonly episodes: number;
}
