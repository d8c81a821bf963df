/** What one episode came to. */
export interface EpisodeResult {
  readonly task: string;
  readonly seed: number;
  readonly success: boolean;
  readonly instruction: string;
  /** The thing taken is the one named. */
  readonly instructionFollowed: boolean;
  /** Simulated seconds. */
  readonly timeS: number;
  /** Largest contact force (N, 100 Hz). */
  readonly peakForceN: number;
  /** Milliseconds of each inference. */
  readonly policyMs: readonly number[];
  readonly missedDeadlines: number;
  readonly emptyQueueTicks: number;
  /** Physics steps. */
  readonly steps: number;
  /** Real seconds, start to end. */
  readonly wallS: number;
  /** SHA-256 of every action in order. */
  readonly actionsSha256: string;
  readonly failure?: string;
}
