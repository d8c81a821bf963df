import { type ActionBlock, type ActionSpec, DEFAULT_ACTIONS, type Observation, PolicyError } from '@praxis/core';
import {
  EE_DELTA_ACTIONS,
  EE_DELTA_NAMES,
  posesFrom,
  REFERENCE_SIZE,
  REFERENCE_STREAM,
} from '../actions/action-space.ts';
import { blocksOf } from './action-rows.ts';
import { describe, type WireValue } from './message.ts';
import { NdArray } from './nd-array.ts';
import type { WireActions } from './wire-spec.ts';

/**
 * Elements of a row by action space; those of `blocks` are named in the spec. `ee_pose`: tool pose in the base frame (m, unit quaternion) and width of the gripper (m).
 * `ee_delta`: displacement from the pose at the observation (m, rotation vector in rad) and width (m).
 */
export const ACTION_LAYOUTS: Readonly<Record<'ee_pose' | 'ee_delta', readonly string[]>> = {
  ee_pose: ['x', 'y', 'z', 'qx', 'qy', 'qz', 'qw', 'width'],
  ee_delta: EE_DELTA_NAMES,
};

/** Name of a block's element among the columns of a row. */
const elementName = (block: string, element: string): string => `${block}.${element}`;

/** Elements of a row in the order of its space: of `blocks`, `BLOCK.ELEMENT`, one block after another. */
export const rowElements = ({ space, blocks = [] }: Pick<WireActions, 'space' | 'blocks'>): readonly string[] =>
  space === 'blocks'
    ? blocks.flatMap(({ name, names }) => names.map((element) => elementName(name, element)))
    : ACTION_LAYOUTS[space];

/** The actions of an answer in the terms of a `PolicySpec`. */
export const actionSpecsOf = ({ space, blocks = [] }: WireActions): readonly ActionSpec[] =>
  space === 'blocks' ? blocks : DEFAULT_ACTIONS;

/** Converts the actions of an answer into the blocks of a chunk. */
export class WireActionReader {
  readonly #spec: WireActions;
  readonly #columns: readonly (string | null)[];
  /** For each element of the space, the column that has it. */
  readonly #order: readonly number[];

  constructor(spec: WireActions) {
    const { names } = spec;
    const elements = rowElements(spec);
    this.#spec = spec;
    this.#columns = names ?? elements;
    this.#order = elements.map((each) => this.#columns.indexOf(each));
  }

  /**
   * @param value the answer's value under the key of the actions, `[horizon, columns]`
   * @param observation the observation that was sent, from whose pose relative actions count
   * @returns the blocks of the spec, or `arm` and `gripper`; the loop checks their numbers
   * @throws {PolicyError} when the value has another shape or type
   */
  read(value: WireValue | undefined, observation: Observation): Readonly<Record<string, ActionBlock>> {
    const { key, horizon, space } = this.#spec;
    const width = this.#columns.length;
    if (
      !(value instanceof NdArray) ||
      value.shape.length !== 2 ||
      value.shape[0] !== horizon ||
      value.shape[1] !== width
    ) {
      throw new PolicyError(`answer: ${key} is ${describe(value)}, expected an array of shape [${horizon}, ${width}]`);
    }
    if (!/^<f[48]$/.test(value.dtype))
      throw new PolicyError(`answer: ${key} has dtype ${value.dtype}, expected <f4 or <f8`);
    const rows = this.#inOrder(value.numbers());
    if (space !== 'ee_delta') return blocksOf(rows, actionSpecsOf(this.#spec));
    return posesFrom(stateAt(observation), blocksOf(rows, EE_DELTA_ACTIONS), horizon);
  }

  /** Selects, scales and orders the columns as the space has them. */
  #inOrder(given: Float64Array): Float64Array {
    const { scale, offset, horizon } = this.#spec;
    const width = this.#columns.length;
    const size = this.#order.length;
    const rows = new Float64Array(horizon * size);
    for (let row = 0; row < horizon; row++) {
      for (const [i, column] of this.#order.entries()) {
        let value = given[row * width + column];
        if (scale) value *= scale[column];
        if (offset) value += offset[column];
        rows[row * size + i] = value;
      }
    }
    return rows;
  }
}

/** Pose of the tool at the observation: position (m), rotation vector (rad), width (m) and its rate (m/s). */
function stateAt({ reference, inputs }: Observation): Float64Array {
  const state = reference?.state ?? inputs.get(REFERENCE_STREAM)?.samples.at(-1);
  if (state instanceof Float64Array && state.length === REFERENCE_SIZE) return state;
  throw new PolicyError(`observation: no ${REFERENCE_STREAM}, from which ee_delta counts`);
}
