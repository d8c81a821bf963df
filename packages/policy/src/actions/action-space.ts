import { ACTION_SIZE, quaternion } from '@praxis/core';

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
 * The action space `ee_delta`. Each row is a displacement from the tool's pose at the observation, along the axes of the base
 * frame: position (m), rotation vector (rad; target = exp(dr) * pose), and the absolute width of the gripper (m).
 */
export class EeDelta {
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
   * Converts the graph's output to absolute rows `[x, y, z (m), qx, qy, qz, qw, width (m)]` in the base frame.
   * @param normalised output of the graph, horizon x 7
   * @param state sample of {@link REFERENCE_STREAM} at the observation's stamp
   * @param out horizon x 8
   */
  write(normalised: Float32Array, state: Float64Array, out: Float64Array): void {
    const [start, turn, vector] = [this.#start, this.#rotation, this.#vector];
    quaternion.fromRotationVector(state, start, 3);
    const value = (i: number): number => normalised[i] * this.#std[i] + this.#mean[i];
    for (let k = 0; k < this.#horizon; k++) {
      const from = k * EE_DELTA_SIZE;
      const to = k * ACTION_SIZE;
      for (let i = 0; i < 3; i++) {
        out[to + i] = state[i] + value(from + i);
        vector[i] = value(from + 3 + i);
      }
      quaternion.fromRotationVector(vector, turn);
      quaternion.multiply(turn, start, out, 0, 0, to + 3);
      out[to + 7] = value(from + 6);
    }
  }
}
