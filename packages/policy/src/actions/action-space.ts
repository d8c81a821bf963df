import { type ActionBlock, armBlocks, DEFAULT_ACTIONS, POSE_SIZE, quaternion } from '@praxis/core';

/**
 * Stream with the reference pose of `ee_delta`: `[x, y, z (m), rx, ry, rz (rad), width (m), width speed (m/s)]` of the tool
 * in the base frame.
 */
export const REFERENCE_STREAM = 'ee_state';

/** Names of the elements of an `ee_delta` row. */
export const EE_DELTA_NAMES = ['dx', 'dy', 'dz', 'drx', 'dry', 'drz', 'width'] as const;

const EE_DELTA_SIZE = EE_DELTA_NAMES.length;

/** Mean and standard deviation of each action element: value = normalised * std + mean. */
export interface EeDeltaStatistics {
  /** Number of rows. */
  readonly horizon: number;
  /** Mean, horizon x 7: m, m, m, rad, rad, rad, m. */
  readonly mean: readonly (readonly number[])[];
  /** Standard deviation, in the shape and units of {@link mean}. */
  readonly std: readonly (readonly number[])[];
}

/**
 * The action space of a manifest of version 1. Each row is a displacement from the tool's pose at the observation, along the axes of the base
 * frame: position (m), rotation vector (rad; target = exp(dr) * pose), and the absolute width of the gripper (m).
 */
export class EeDelta {
  /** The actions in the terms of a `PolicySpec`: pose of the tool and width of the gripper. */
  readonly specs = DEFAULT_ACTIONS;
  /** They count from the measured pose of the tool. */
  readonly needsReference = true;
  readonly #mean: Float64Array;
  readonly #std: Float64Array;
  readonly #horizon: number;
  readonly #start = new Float64Array(4);
  readonly #rotation = new Float64Array(4);
  readonly #vector = new Float64Array(3);

  constructor({ horizon, mean, std }: EeDeltaStatistics) {
    this.#horizon = horizon;
    this.#mean = Float64Array.from(mean.flat());
    this.#std = Float64Array.from(std.flat());
  }

  /**
   * Converts the graph's output to absolute poses of the tool in the base frame and widths of the gripper.
   * @param normalised output of the graph, horizon x 7
   * @param state sample of {@link REFERENCE_STREAM} at the observation's stamp
   */
  decode(normalised: Float32Array, state: Float64Array): Record<string, ActionBlock> {
    const poses = new Float64Array(this.#horizon * POSE_SIZE);
    const widths = new Float64Array(this.#horizon);
    const [start, turn, vector] = [this.#start, this.#rotation, this.#vector];
    quaternion.fromRotationVector(state, start, 3);
    const value = (i: number): number => normalised[i] * this.#std[i] + this.#mean[i];
    for (let k = 0; k < this.#horizon; k++) {
      const from = k * EE_DELTA_SIZE;
      const to = k * POSE_SIZE;
      for (let i = 0; i < 3; i++) {
        poses[to + i] = state[i] + value(from + i);
        vector[i] = value(from + 3 + i);
      }
      quaternion.fromRotationVector(vector, turn);
      quaternion.multiply(turn, start, poses, 0, 0, to + 3);
      widths[k] = value(from + 6);
    }
    return armBlocks(poses, widths);
  }
}
