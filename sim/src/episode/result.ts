import type { SafetyCause, SafetyEvent, SafetyState } from '@praxis/safety';
import type { LimitViolations } from '../safety/limit-audit.ts';

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
  /** Why it did not succeed, in one line; absent when it did. */
  readonly failure?: string;
  /** Absent when nothing supervised the arm. */
  readonly safety?: SafetyResult;
  /** Absent without a fault, and when the episode was over before it came. */
  readonly fault?: FaultResult;
}

/** What the supervisor did. */
export interface SafetyResult {
  /** At the end. */
  readonly state: SafetyState;
  /** Stops that nobody asked for while nothing was wrong. */
  readonly falseStops: number;
  /** Counted by an audit of its own: on what the robot was told, and on its joints. */
  readonly limitViolations: LimitViolations;
  /** The first ones, oldest first. */
  readonly events: readonly SafetyEvent[];
}

/** What became of the arm after something went wrong. All of it is physics' own account, not the sensors'. */
export interface FaultResult {
  readonly name: string;
  /** Simulated seconds. */
  readonly injectedS: number;
  /** From the fault to the supervisor's stop (ms); absent when there was none, and when nothing supervised. */
  readonly holdMs?: number;
  /** Why it stopped. */
  readonly cause?: SafetyCause;
  /** From the fault to the standing arm (ms); absent when the fault was borne and the task went on to its end. */
  readonly stopMs?: number;
  /** Length of the tool's way from the fault until the arm stood, or to the end (m). */
  readonly distanceM: number;
  /** Largest force on the hand after the fault, or of the strike (N). */
  readonly peakForceN: number;
  /** At the very end. */
  readonly standing: boolean;
}
