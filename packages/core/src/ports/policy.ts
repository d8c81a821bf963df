import type { Modality, SignalSpec } from '../signals/specs.ts';
import type { StreamValue } from '../signals/values.ts';

/** One input as the loop hands it to a policy. */
export interface ObservationInput {
  readonly spec: SignalSpec;
  /** False when nothing came yet, the last sample is older than the policy allows, or the input is masked on purpose. */
  readonly present: boolean;
  /** Seconds between the sample's stamp and the observation's; Infinity when nothing came yet. */
  readonly age: number;
  /** Stamp of the newest sample (s); equal stamps mean the very same sample, so an encoder may reuse its tokens. */
  readonly stamp: number;
  /** The newest sample, or for a windowed input the last `window` samples, oldest first. Empty when nothing came yet. */
  readonly samples: readonly StreamValue[];
}

/** Everything that a policy may see at one time. */
export interface Observation {
  /** Time of the observation (s) on the robot's clock. */
  readonly stamp: number;
  /** By stream name. */
  readonly inputs: ReadonlyMap<string, ObservationInput>;
}

/** What a policy needs of one stream. The spec's fields must match the robot's stream of the same name. */
export interface PolicyInputSpec extends SignalSpec {
  /** Older samples are masked (s). */
  readonly maximumAge: number;
  /** How many samples it needs at once; 1 for the newest only. */
  readonly window: number;
}

/** What a policy needs and gives. */
export interface PolicySpec {
  readonly name: string;
  readonly inputs: readonly PolicyInputSpec[];
  /** How many actions a chunk has. */
  readonly horizon: number;
  /** Seconds between two actions of a chunk. */
  readonly actionPeriod: number;
  /** Seconds between two inferences. */
  readonly inferencePeriod: number;
}

/** Numbers in a row of {@link ActionChunk.actions}: pose of the tool in the base frame, then the gripper's width. */
export const ACTION_SIZE = 8;

/**
 * A chunk of end-effector targets. Row k is the target for time `stamp + (k + 1) * period`:
 * `[x, y, z, qx, qy, qz, qw, width]`, tool frame in the base frame, m and unit quaternion, gripper width in m.
 */
export interface ActionChunk {
  /** Stamp of the observation it answers (s). */
  readonly stamp: number;
  /** Seconds between rows. */
  readonly period: number;
  readonly horizon: number;
  /** Row-major, `horizon * ACTION_SIZE`. */
  readonly actions: Float64Array;
  /** How much each modality counted, 0..1; absent modalities are 0. */
  readonly gates: Readonly<Record<Modality, number>>;
  /** Where each camera saw what the instruction names: pixel fractions 0..1 from the top left, confidence 0..1. */
  readonly grounding?: Readonly<
    Record<string, { readonly x: number; readonly y: number; readonly confidence: number }>
  >;
}

/** Port: observation in, action chunk out. */
export interface Policy {
  readonly spec: PolicySpec;
  /**
   * The loop checks the chunk (`checkChunk`): a policy need not.
   * @throws {PolicyError} when the observation does not fit the spec.
   */
  infer(observation: Observation): Promise<ActionChunk>;
  /** Forgets cached tokens: call it between episodes. */
  reset(): void;
  close(): Promise<void>;
}

/**
 * Port: decides which action holds at a time while chunks arrive late and overlap.
 * `@praxis/policy` has receding horizon; others can be written against this port.
 */
export interface ChunkScheduler {
  /** A chunk that was checked (`checkChunk`) arrived at time `now` (s). */
  addChunk(chunk: ActionChunk, now: number): void;
  /**
   * Writes the target for time `now` into `out` (length ACTION_SIZE): poses interpolated between rows.
   * Returns false, and leaves `out` alone, when no action is left for this time: an empty queue.
   */
  sample(now: number, out: Float64Array): boolean;
  reset(): void;
}
