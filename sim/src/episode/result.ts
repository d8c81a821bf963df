import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { SafetyCause, SafetyEvent, SafetyState } from '@praxis/safety';
import type { LimitViolations } from '../safety/limit-audit.ts';
import type { Interruption, Outcome } from '../tasks/task.ts';
import type { AbsentThing } from '../tasks/unknown-things.ts';
import type { WordingKind } from '../wordings/kinds.ts';

/** Outcome and measurements of one episode. */
export interface EpisodeResult {
  readonly task: string;
  readonly seed: number;
  readonly success: boolean;
  /** Verdict on what was asked; `no_verdict` when that is no goal of the scene, or when the episode was cut off. */
  readonly outcome: Exclude<Outcome, 'running'>;
  readonly instruction: string;
  /** Kind of its wording; present with the perturbation `language:2`. */
  readonly wordingKind?: WordingKind;
  /** What it names in vain; present in an episode that asks for something that is not there. */
  readonly absent?: AbsentThing;
  /** True when the object that the arm took is the one that the instruction names. */
  readonly instructionFollowed: boolean;
  /** Simulated time from start to end (s). */
  readonly timeS: number;
  /** Largest contact force in the loop's `wrench.contact` stream (N, 100 Hz). */
  readonly peakForceN: number;
  /** Duration of each inference (ms). */
  readonly policyMs: readonly number[];
  readonly missedDeadlines: number;
  readonly emptyQueueTicks: number;
  /** Number of physics steps. */
  readonly steps: number;
  /** Wall-clock time from start to end (s). */
  readonly wallS: number;
  /** Hexadecimal SHA-256 of every action, in order. */
  readonly actionsSha256: string;
  /** Points by the task's own rule; absent for a task without one. */
  readonly score?: number;
  /** One-line reason for the failure or for the missing verdict; absent after a success. */
  readonly failure?: string;
  /** Message of the policy's first error; absent when it made none. */
  readonly policyError?: string;
  /** What was said to the arm, and the time from the end of the last word until it acted on it (s); absent in other tasks. */
  readonly interruption?: { readonly kind: Interruption['kind']; readonly reactionS: number | undefined };
  /** Report of the supervisor; absent without one. */
  readonly safety?: SafetyResult;
  /** Effect of the fault; absent without one, and when the episode ended before its injection. */
  readonly fault?: FaultResult;
}

/** Describes the verdict of an episode: `success`, `failed: time limit`, `no verdict: ...`. */
export function outcomeInWords({ outcome, failure }: Pick<EpisodeResult, 'outcome' | 'failure'>): string {
  if (outcome === 'success') return 'success';
  const word = outcome === 'failure' ? 'failed' : 'no verdict';
  return failure === undefined ? word : `${word}: ${failure}`;
}

/** Actions of the supervisor in one episode. */
export interface SafetyResult {
  /** Supervisor's state at the end of the episode. */
  readonly state: SafetyState;
  /** Number of stops without a fault and without a request. */
  readonly falseStops: number;
  /** Limit violations of commands and of joints, counted by an audit that is independent of the supervisor. */
  readonly limitViolations: LimitViolations;
  /** Event that began the stop in which the episode ended: its first cause, in figures. Absent without a stop. */
  readonly stopCause?: SafetyEvent;
  /** First 20 events, oldest first. */
  readonly events: readonly SafetyEvent[];
}

/** Motion and forces of the arm after a fault, measured on the physics state and not by sensors. */
export interface FaultResult {
  readonly name: string;
  /** Simulated time of the injection (s). */
  readonly injectedS: number;
  /** Time from the fault to the supervisor's stop (ms); absent without a stop or a supervisor. */
  readonly holdMs?: number;
  /** Cause of the stop. */
  readonly cause?: SafetyCause;
  /** Time from the fault to the standstill of the arm (ms); absent when the fault was tolerated. */
  readonly stopMs?: number;
  /** Travel of the tool from the fault to the end of the episode (m). */
  readonly distanceM: number;
  /** Largest force on the hand after the fault, or of the impact where the fault is one (N). */
  readonly peakForceN: number;
  /** True when the arm stands still at the end of the episode. */
  readonly standing: boolean;
}

/** Computes a SHA-256 over every action of an episode, in order. Equal digests mean bit-identical actions. */
export class ActionTrace {
  readonly #hash = sha256.create();

  /** Appends the 64-bit floats of `actions` to the hash: rows in order, each with all blocks of its chunk. */
  add(actions: Float64Array): void {
    this.#hash.update(new Uint8Array(actions.buffer, actions.byteOffset, actions.byteLength));
  }

  /** Returns the hexadecimal SHA-256 of all actions so far. More actions may follow. */
  digest(): string {
    return bytesToHex(this.#hash.clone().digest());
  }
}
