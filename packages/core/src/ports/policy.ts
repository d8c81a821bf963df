import type { SignalSpec } from '../signals/specs.ts';
import type { StreamValue } from '../signals/values.ts';

/** One input of an observation. */
export interface ObservationInput {
  readonly spec: SignalSpec;
  /** False when there is no sample, the newest one is older than the policy allows, or the input is masked. */
  readonly present: boolean;
  /** Time from the newest sample's stamp to the observation (s); Infinity without a sample. */
  readonly age: number;
  /** Stamp of the newest sample (s). Equal stamps mean the same sample, so an encoder may reuse its tokens. */
  readonly stamp: number;
  /** The newest sample, or the last `window` samples of a windowed input, oldest first. Empty unless `present`. */
  readonly samples: readonly StreamValue[];
}

/** The inputs of a policy at one time. */
export interface Observation {
  /** Time of the observation (s) on the robot's clock. */
  readonly stamp: number;
  /** Inputs by stream name. */
  readonly inputs: ReadonlyMap<string, ObservationInput>;
  /**
   * The newest sample of `ee_state`, from which relative actions count: position (m), rotation vector (rad), width (m) and its rate
   * (m/s), in the base frame. It is no input, so no mask hides it. Undefined before the first sample, and for a policy that does not
   * name `ee_state` among its inputs.
   */
  readonly reference?: { readonly state: Float64Array; readonly age: number };
}

/** One input that a policy needs. The spec must match the robot's stream of the same name. */
export interface PolicyInputSpec extends SignalSpec {
  /** Largest age of the newest sample (s); an older one is not `present`. */
  readonly maximumAge: number;
  /** Number of samples per observation; 1 for the newest only. */
  readonly window: number;
}

/** Inputs and action format of a policy. */
export interface PolicySpec {
  readonly name: string;
  readonly inputs: readonly PolicyInputSpec[];
  /** Number of actions in a chunk. */
  readonly horizon: number;
  /** Time between two actions of a chunk (s). */
  readonly actionPeriod: number;
  /** Time between two inferences (s). */
  readonly inferencePeriod: number;
}

/** Size of a row of {@link ActionChunk.actions}: tool pose in the base frame and gripper width. */
export const ACTION_SIZE = 8;

/**
 * A chunk of end-effector targets. Row k is the target for time `stamp + (k + 1) * period`: `[x, y, z, qx, qy, qz, qw,
 * width]`, tool pose in the base frame (m, unit quaternion) and gripper width (m).
 */
export interface ActionChunk {
  /** Stamp of the observation from which the chunk was computed (s). */
  readonly stamp: number;
  /** Time between two rows (s). */
  readonly period: number;
  readonly horizon: number;
  /** Row-major numbers, `horizon * ACTION_SIZE`. */
  readonly actions: Float64Array;
  /** Weight of each modality in the fusion, 0..1; 0 for a modality that is not present. */
  readonly gates: Readonly<Record<string, number>>;
  /**
   * Position of the instruction's object in each camera image, as fractions 0..1 from the top left, with a confidence
   * 0..1.
   */
  readonly grounding?: Readonly<
    Record<string, { readonly x: number; readonly y: number; readonly confidence: number }>
  >;
}

/** Port: maps an observation to an action chunk. */
export interface Policy {
  readonly spec: PolicySpec;
  /**
   * Computes a chunk. The policy need not check it: the loop does (`checkChunk`).
   * @throws {PolicyError} when the observation does not fit the spec.
   */
  infer(observation: Observation): Promise<ActionChunk>;
  /** Discards cached tokens. Call it between episodes. */
  reset(): void;
  close(): Promise<void>;
}

/**
 * Port: selects the action for a time from chunks that arrive late and overlap. `@praxis/policy` implements a receding
 * horizon.
 */
export interface ChunkScheduler {
  /** Adds a checked chunk (`checkChunk`) that arrived at time `now` (s). */
  addChunk(chunk: ActionChunk, now: number): void;
  /**
   * Writes the target for time `now` (s) into `out` (`ACTION_SIZE` numbers), with poses interpolated between rows.
   * Returns false and leaves `out` unchanged if no action is left: an empty queue.
   */
  sample(now: number, out: Float64Array): boolean;
  reset(): void;
}
