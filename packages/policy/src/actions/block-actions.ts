import { type ActionBlock, type ActionSpec, quaternion } from '@praxis/core';

/** An action of a manifest with the normalisation of its elements: value = normalised * std + mean. */
export interface NormalisedAction extends ActionSpec {
  /** Mean in the unit of the action: one row for all, or one for each row of a chunk. */
  readonly mean: readonly (readonly number[])[];
  /** Standard deviation, in the shape and units of {@link mean}. */
  readonly std: readonly (readonly number[])[];
}

/** Index and size of the quaternion in a row of an `ee_pose`. */
const QUATERNION_INDEX = 3;
const POSE_ROW_SIZE = 7;

/**
 * Actions in any space, as the graph's output has them: for each row of the chunk the elements of every action, one action after
 * another.
 */
export class BlockActions {
  /** The actions in the terms of a `PolicySpec`. */
  readonly specs: readonly ActionSpec[];
  /** The control loop makes relative actions absolute, not the policy. */
  readonly needsReference = false;
  readonly #actions: readonly NormalisedAction[];
  readonly #horizon: number;
  /** Elements in a row of the graph's output. */
  readonly #width: number;

  /** @param horizon number of rows */
  constructor(actions: readonly NormalisedAction[], horizon: number) {
    this.#actions = actions;
    this.#horizon = horizon;
    this.#width = actions.reduce((sum, { names }) => sum + names.length, 0);
    this.specs = actions.map(({ mean: _, std: __, ...spec }) => spec);
  }

  /**
   * Reverses the normalisation. Numbers that are not finite stay so, and the loop refuses them.
   * @param normalised output of the graph, horizon x all elements
   */
  decode(normalised: Float32Array): Record<string, ActionBlock> {
    const blocks: Record<string, ActionBlock> = {};
    let first = 0;
    for (const { name, space, names, mean, std } of this.#actions) {
      const size = names.length;
      const data = new Float64Array(this.#horizon * size);
      for (let k = 0; k < this.#horizon; k++) {
        const [means, deviations] = [mean[k] ?? mean[0], std[k] ?? std[0]];
        for (let i = 0; i < size; i++) {
          data[k * size + i] = normalised[k * this.#width + first + i] * deviations[i] + means[i];
        }
      }
      // A network gives a quaternion that is only nearly one of length 1.
      if (space === 'ee_pose') normaliseQuaternions(data);
      blocks[name] = { space, data };
      first += size;
    }
    return blocks;
  }
}

/** Brings the quaternions of poses, 7 numbers a row, to length 1. */
export function normaliseQuaternions(poses: Float64Array): void {
  for (let at = QUATERNION_INDEX; at < poses.length; at += POSE_ROW_SIZE) {
    quaternion.normalise(poses, poses, at, at);
  }
}
