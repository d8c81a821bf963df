import { type ActionBlock, type ActionSpace, type ActionSpec, quaternion } from '@praxis/core';
import { type Axis, type AxisLayout, layoutOf } from '../numbers/axes.ts';
import { type LinearNormalisation, linearNormalisation, type Normalisation } from '../numbers/normalisation.ts';
import { type LinearMap, lineOf, siUnit } from '../numbers/units.ts';

/** Index and size of the quaternion in a row of an `ee_pose`. */
const QUATERNION_INDEX = 3;
const POSE_ROW_SIZE = 7;

/** An action among the elements of an output. */
export interface OutputBlock extends ActionSpec {
  /** Straight line from the numbers of the network to those in `unit`, which need not be one of SI. Default: none. */
  readonly map?: LinearMap;
  /** Range to which numbers in `unit` are limited. Default: none. */
  readonly limits?: readonly number[];
}

/** Name, shape and type of an output, and what its dimensions mean. */
export interface DeclaredOutput {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'float16';
  readonly axes: readonly Axis[];
}

/** Elements of an output that drive nothing. */
export interface UnusedBlock {
  readonly space: 'unused';
  readonly size: number;
}

/** An output of a graph with actions. */
export interface ActionOutput {
  readonly name: string;
  /** Element type. Default: float32. */
  readonly dtype?: 'float32' | 'float16';
  readonly axes: readonly Axis[];
  readonly normalisation: Normalisation;
  readonly blocks: readonly (OutputBlock | UnusedBlock)[];
}

/** The rows of the outputs, and those that are the chunk. */
export interface OutputRows {
  readonly rows: number;
  readonly firstRow: number;
  readonly horizon: number;
}

interface PreparedBlock {
  readonly name: string;
  readonly space: ActionSpace;
  /** Index of its first element in a row of the output. */
  readonly first: number;
  /** For each element: factor and offset from the number of the network to one in SI. */
  readonly scale: Float64Array;
  readonly offset: Float64Array;
  readonly limits: readonly [least: Float64Array, greatest: Float64Array] | undefined;
}

interface PreparedOutput {
  readonly name: string;
  readonly layout: AxisLayout;
  readonly normalisation: LinearNormalisation;
  readonly elements: number;
  readonly blocks: readonly PreparedBlock[];
}

const sizeOf = (block: OutputBlock | UnusedBlock): number =>
  block.space === 'unused' ? block.size : block.names.length;

const unitAt = ({ unit }: OutputBlock, i: number): string => (typeof unit === 'string' ? unit : unit[i]);

function prepareBlock(block: OutputBlock, first: number): PreparedBlock {
  const { name, space, names, map, limits } = block;
  const line = lineOf(map);
  const factors = Float64Array.from(names, (_, i) => siUnit(unitAt(block, i)).factor);
  return {
    ...{ name, space, first },
    scale: factors.map((factor) => line.scale * factor),
    offset: factors.map((factor) => line.offset * factor),
    limits: limits && [factors.map((factor) => limits[0] * factor), factors.map((factor) => limits[1] * factor)],
  };
}

function prepareOutput({ name, axes, normalisation, blocks }: ActionOutput, rows: number): PreparedOutput {
  const prepared: PreparedBlock[] = [];
  let elements = 0;
  for (const block of blocks) {
    if (block.space !== 'unused') prepared.push(prepareBlock(block, elements));
    elements += sizeOf(block);
  }
  const layout = layoutOf(axes, { step: rows, element: elements });
  return {
    ...{ name, layout, elements },
    normalisation: linearNormalisation(normalisation, rows, elements),
    blocks: prepared,
  };
}

/** The action of a block in SI units, as a `PolicySpec` has it. */
function specOf(block: OutputBlock): ActionSpec {
  const { map: _, limits: __, names, ...spec } = block;
  return { ...spec, names, unit: names.map((_, i) => siUnit(unitAt(block, i)).unit) };
}

/** Actions out of the outputs of a graph: their elements as blocks, without normalisation and in SI units. */
export class OutputActions {
  /** The actions in the terms of a `PolicySpec`. */
  readonly specs: readonly ActionSpec[];
  /** The outputs as the graph must have them. */
  readonly outputs: readonly DeclaredOutput[];
  readonly #outputs: readonly PreparedOutput[];
  readonly #rows: OutputRows;

  constructor(outputs: readonly ActionOutput[], rows: OutputRows) {
    this.#rows = rows;
    this.#outputs = outputs.map((output) => prepareOutput(output, rows.rows));
    this.outputs = this.#outputs.map(({ name, layout }, i) => {
      const { axes, dtype = 'float32' } = outputs[i];
      return { name, shape: layout.shape, dtype, axes };
    });
    this.specs = outputs.flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.space === 'unused' ? [] : [specOf(block)])),
    );
  }

  /**
   * Converts the outputs of the graph. Numbers that are not finite stay so, and the loop refuses them.
   * @param dataOf data of an output by its name, in the shape of {@link outputs}
   */
  decode(dataOf: (name: string) => ArrayLike<number>): Record<string, ActionBlock> {
    const blocks: Record<string, ActionBlock> = {};
    for (const output of this.#outputs) {
      const data = dataOf(output.name);
      for (const block of output.blocks) blocks[block.name] = this.#decodeBlock(output, block, data);
    }
    return blocks;
  }

  #decodeBlock(output: PreparedOutput, block: PreparedBlock, data: ArrayLike<number>): ActionBlock {
    const { layout, normalisation, elements } = output;
    const { first, scale, offset, limits, space } = block;
    const { horizon, firstRow } = this.#rows;
    const size = scale.length;
    const numbers = new Float64Array(horizon * size);
    for (let k = 0; k < horizon; k++) {
      const row = firstRow + k;
      for (let i = 0; i < size; i++) {
        const at = row * elements + first + i;
        let value = data[row * layout.stride.step + (first + i) * layout.stride.element];
        if (normalisation.clip) value = Math.min(Math.max(value, -1), 1);
        value = (value * normalisation.scale[at] + normalisation.offset[at]) * scale[i] + offset[i];
        if (limits) value = Math.min(Math.max(value, limits[0][i]), limits[1][i]);
        numbers[k * size + i] = value;
      }
    }
    // A network gives a quaternion that is only nearly one of length 1.
    if (space === 'ee_pose') normaliseQuaternions(numbers);
    return { space, data: numbers };
  }
}

/** Brings the quaternions of poses, 7 numbers a row, to length 1. */
function normaliseQuaternions(poses: Float64Array): void {
  for (let at = QUATERNION_INDEX; at < poses.length; at += POSE_ROW_SIZE) {
    quaternion.normalise(poses, poses, at, at);
  }
}
