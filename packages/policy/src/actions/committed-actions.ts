import { absoluteSpace, type Observation, POSE_SIZE, PolicyError, poseError, quaternion } from '@praxis/core';
import { type LinearNormalisation, linearNormalisation, normalised } from '../numbers/normalisation.ts';
import { siUnit } from '../numbers/units.ts';
import { REFERENCE_STREAM } from './action-space.ts';
import type { ActionOutput, OutputBlock } from './output-actions.ts';

interface PreparedBlock {
  readonly name: string;
  /** True for displacements from the tool's pose at the observation. */
  readonly isDisplacement: boolean;
  /** Index of its first element in a row of the output. */
  readonly first: number;
  /** SI value of one unit, for each element. */
  readonly factors: Float64Array;
  /** Numbers of a row as the loop gives it: absolute. */
  readonly size: number;
}

/**
 * Writes the actions that the robot goes on to execute as the network has its own: in the elements, units and normalisation of its
 * output, which is the inverse of how `OutputActions` decodes it. The network continues from them (Black, Ren, Equi, Levine:
 * Training-Time Action Conditioning for Efficient Real-Time Chunking, 2025).
 */
export class CommittedActionsInput {
  /** Rows that the network reads. */
  readonly rows: number;
  /** Elements of a row. */
  readonly elements: number;
  /** rows x {@link elements}; rows that do not count are zeros. */
  readonly data: Float32Array;
  /** For each row 1 if it counts, else 0. */
  readonly mask: Float32Array;
  readonly #blocks: readonly PreparedBlock[];
  readonly #normalisation: LinearNormalisation;
  /** Pose from which displacements count. */
  readonly #tool = new Float64Array(POSE_SIZE);
  readonly #row = new Float64Array(POSE_SIZE);
  readonly #needsTool: boolean;

  /**
   * @param output the only output with actions; its blocks are absolute, or displacements of the main arm's tool from the observation
   * @param firstRow row of the output that is the first action of the chunk, whose normalisation the first committed row has
   * @param outputRows rows of the output
   */
  constructor({ normalisation, blocks }: ActionOutput, rows: number, firstRow: number, outputRows: number) {
    const prepared: PreparedBlock[] = [];
    let elements = 0;
    for (const block of blocks) {
      if (block.space !== 'unused') prepared.push(prepareBlock(block, elements));
      elements += block.space === 'unused' ? block.size : block.names.length;
    }
    this.rows = rows;
    this.elements = elements;
    this.data = new Float32Array(rows * elements);
    this.mask = new Float32Array(rows);
    this.#blocks = prepared;
    this.#needsTool = prepared.some(({ isDisplacement }) => isDisplacement);
    const { offset, scale, clip } = linearNormalisation(normalisation, outputRows, elements);
    const [from, to] = [firstRow * elements, (firstRow + rows) * elements];
    this.#normalisation = { offset: offset.slice(from, to), scale: scale.slice(from, to), clip };
  }

  /**
   * Writes {@link data} and {@link mask} for an observation. Without committed actions both are zeros.
   * @throws {PolicyError} when displacements are asked for without the tool's pose, or a block is missing
   */
  write({ committed, reference }: Observation): void {
    this.data.fill(0);
    this.mask.fill(0);
    const count = Math.min(committed?.count ?? 0, committed?.rows ?? 0, this.rows);
    if (!committed || count === 0) return;
    if (this.#needsTool) {
      if (!reference) throw new PolicyError(`committed actions: no ${REFERENCE_STREAM}, from which they count`);
      this.#tool.set(reference.state.subarray(0, 3));
      quaternion.fromRotationVector(reference.state, this.#tool, 3, 3);
    }
    this.mask.fill(1, 0, count);
    for (const block of this.#blocks) {
      const given = committed.blocks[block.name];
      if (!given) throw new PolicyError(`committed actions: block ${block.name} is missing`);
      for (let k = 0; k < count; k++) this.#writeRow(block, given.data, k);
    }
  }

  #writeRow({ isDisplacement, first, factors, size }: PreparedBlock, given: Float64Array, k: number): void {
    const absolute = given.subarray(k * size, (k + 1) * size);
    if (isDisplacement) poseError(absolute, this.#tool, this.#row);
    const numbers = isDisplacement ? this.#row : absolute;
    for (const [i, factor] of factors.entries()) {
      const at = k * this.elements + first + i;
      this.data[at] = normalised(numbers[i] / factor, this.#normalisation, at);
    }
  }
}

function prepareBlock({ name, space, names, unit }: OutputBlock, first: number): PreparedBlock {
  const isDisplacement = space === 'ee_delta';
  const factors = Float64Array.from(names, (_, i) => siUnit(typeof unit === 'string' ? unit : unit[i]).factor);
  const size = absoluteSpace(space) === 'ee_pose' ? POSE_SIZE : names.length;
  return { name, isDisplacement, first, factors, size };
}
