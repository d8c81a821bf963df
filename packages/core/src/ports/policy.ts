import type { ActionBlock, ActionChunk, ActionSpec } from '../actions/specs.ts';
import { DEFAULT_ACTIONS } from '../actions/specs.ts';
import type { SignalSpec } from '../signals/specs.ts';
import type { StreamValue } from '../signals/values.ts';
import type { TrainedRobot } from './trained-robot.ts';

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

/**
 * The actions that the robot goes on to execute while a policy computes: those of the chunk in force, from which the new chunk has to
 * continue (Black, Galliker, Levine: Real-Time Execution of Action Chunking Flow Policies, 2025).
 */
export interface CommittedActions {
  /** Number of rows, 1..`committedRows`; fewer where the chunk in force ends. */
  readonly rows: number;
  /** How many of them, from the first one on, are executed before the new chunk can be used, 0..rows. */
  readonly count: number;
  /**
   * Rows by the names of the policy's actions, rows x size: row k is the target for time `stamp + (k + 1) * actionPeriod`, as in a chunk.
   * All are absolute: poses where the action is an `ee_delta`, positions where it is a `joint_delta`. A gripper has the unit of its action.
   */
  readonly blocks: Readonly<Record<string, ActionBlock>>;
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
  /** Undefined while no chunk is in force, and for a policy without {@link PolicySpec.committedRows}. */
  readonly committed?: CommittedActions;
}

/** One input that a policy needs. The spec must match the robot's stream of the same name. */
export interface PolicyInputSpec extends SignalSpec {
  /** Largest age of the newest sample (s); an older one is not `present`. */
  readonly maximumAge: number;
  /** Number of samples per observation; 1 for the newest only. */
  readonly window: number;
  /**
   * Time between two samples of the window (s): sample k is the one whose stamp lies closest to that of the newest sample less
   * `(window - 1 - k) * spacing`; the oldest one is repeated while the history is shorter. Default: the last `window` samples.
   */
  readonly spacing?: number;
  /**
   * What the stream may have otherwise than the spec says. `size`: height and width of an image, which the policy brings to its own.
   * `frame`: the coordinate frame. Default: nothing.
   */
  readonly open?: readonly ('size' | 'frame')[];
}

/** Inputs and actions of a policy. */
export interface PolicySpec {
  readonly name: string;
  readonly inputs: readonly PolicyInputSpec[];
  /** Actions that the policy gives. Default: {@link DEFAULT_ACTIONS}, the pose of the main arm's tool and the width of its gripper. */
  readonly actions?: readonly ActionSpec[];
  /** Number of actions in a chunk. */
  readonly horizon: number;
  /** Time between two actions of a chunk (s). */
  readonly actionPeriod: number;
  /** Time between two inferences (s). */
  readonly inferencePeriod: number;
  /** Most rows of {@link Observation.committed} that the policy reads. Default: none, and observations do without. */
  readonly committedRows?: number;
  /**
   * Robots that the policy was trained for. A loop refuses to drive another one unless the user accepts it by name; an empty list
   * fits no robot. Undefined for a policy that was not trained, such as a program: it is compared with no robot.
   */
  readonly robots?: readonly TrainedRobot[];
}

/** Actions of a policy, the default filled in. */
export const actionsOf = ({ actions = DEFAULT_ACTIONS }: Pick<PolicySpec, 'actions'>): readonly ActionSpec[] => actions;

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
 * horizon and temporal ensembling.
 */
export interface ChunkScheduler {
  /**
   * Adds a chunk that arrived at time `now` (s). The loop has checked it (`checkChunk`) and made it absolute, with its blocks in the
   * order of the policy's actions.
   */
  addChunk(chunk: ActionChunk, now: number): void;
  /**
   * Writes the targets for time `now` (s) into `out`: the blocks of the chunk one after another, each interpolated by the rule of its
   * space (`ActionRows`).
   * Returns false and leaves `out` unchanged if no action is left: an empty queue. It changes no state, so that the loop can ask for
   * times ahead.
   */
  sample(now: number, out: Float64Array): boolean;
  reset(): void;
}
