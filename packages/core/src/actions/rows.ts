import * as quaternion from '../math/quaternion.ts';
import { lerp } from '../streams/resample.ts';
import type { RowInterpolation } from './spaces.ts';
import type { ActionBlock, ActionChunk } from './specs.ts';

/** Index of the quaternion in a row of an `ee_pose`. */
const QUATERNION_INDEX = 3;
/** Quaternion xyzw of no rotation. */
const IDENTITY = Float64Array.of(0, 0, 0, 1);
const FULL_TURN_RAD = 2 * Math.PI;
/** Tolerance for rounded times, in rows: a row that is due exactly now counts. */
const ROUNDING_TOLERANCE_ROWS = 1e-9;

/** The angle of the shorter way round that ends where `angle` ends (rad), -pi..pi. */
export const shortestAngle = (angle: number): number => angle - FULL_TURN_RAD * Math.round(angle / FULL_TURN_RAD);

/** The row for time `now` (s), with its fraction; the first row before its time, the last one after its time. */
export const rowAt = (
  { stamp, period, horizon }: Pick<ActionChunk, 'stamp' | 'period' | 'horizon'>,
  now: number,
): number => Math.min(Math.max((now - stamp) / period - 1, 0), horizon - 1);

const between = (rule: RowInterpolation | undefined, a: number, b: number, share: number): number => {
  if (rule === 'snap') return a;
  return rule === 'angle' ? a + share * shortestAngle(b - a) : lerp(a, b, share);
};

/**
 * Interpolates one block by the rule of its space, and allocates nothing.
 * @param row row with its fraction, 0..horizon - 1
 * @param horizon number of rows
 * @param out receives the block's numbers from `at` on
 */
export function interpolateBlock(block: ActionBlock, row: number, horizon: number, out: Float64Array, at = 0): void {
  const { space, data, interpolation } = block;
  const size = data.length / horizon;
  const below = Math.floor(row);
  const a = below * size;
  const b = Math.min(a + size, (horizon - 1) * size);
  const share = row - below;
  const snapped = Math.floor(row + ROUNDING_TOLERANCE_ROWS) * size;
  for (let i = 0; i < size; i++) {
    const rule = interpolation?.[i];
    out[at + i] = between(rule, data[(rule === 'snap' ? snapped : a) + i], data[b + i], share);
  }
  if (space !== 'ee_pose') return;
  quaternion.slerp(data, data, share, out, a + QUATERNION_INDEX, b + QUATERNION_INDEX, at + QUATERNION_INDEX);
}

/**
 * All blocks of a chunk as one row of numbers, block after block in the order of the chunk: what a scheduler returns and what the
 * controllers read. Its methods allocate nothing.
 */
export class ActionRows {
  /** Numbers of one row. */
  readonly size: number;
  readonly #chunk: ActionChunk;
  readonly #blocks: readonly ActionBlock[];
  /** Index of each block's first number in a row. */
  readonly #offsets: readonly number[];
  readonly #rotation = new Float64Array(4);

  constructor(chunk: ActionChunk) {
    this.#chunk = chunk;
    this.#blocks = Object.values(chunk.blocks);
    const offsets: number[] = [];
    let size = 0;
    for (const { data } of this.#blocks) {
      offsets.push(size);
      size += data.length / chunk.horizon;
    }
    this.#offsets = offsets;
    this.size = size;
  }

  /** Every row one after another, horizon x {@link size}. */
  flat(): Float64Array {
    const { horizon } = this.#chunk;
    const rows = new Float64Array(horizon * this.size);
    for (const [i, { data }] of this.#blocks.entries()) {
      const size = data.length / horizon;
      for (let k = 0; k < horizon; k++) {
        rows.set(data.subarray(k * size, (k + 1) * size), k * this.size + this.#offsets[i]);
      }
    }
    return rows;
  }

  /** True for rows with equal blocks in equal order, between which {@link difference} has a meaning. */
  matches(other: ActionRows): boolean {
    return (
      this.#blocks.length === other.#blocks.length &&
      this.size === other.size &&
      this.#blocks.every(({ space }, i) => space === other.#blocks[i].space && this.#offsets[i] === other.#offsets[i])
    );
  }

  /** Writes the row for time `now` (s) into `out`, interpolated by the rule of each space. */
  interpolate(now: number, out: Float64Array): void {
    const row = rowAt(this.#chunk, now);
    for (let i = 0; i < this.#blocks.length; i++) {
      interpolateBlock(this.#blocks[i], row, this.#chunk.horizon, out, this.#offsets[i]);
    }
  }

  /**
   * Writes the step that leads from the row `from` to the row `to`: differences of numbers, the shorter way between angles, for a
   * quaternion the rotation to * inverse(from), and 0 where a row snaps. `out` may be `from`.
   */
  difference(from: Float64Array, to: Float64Array, out: Float64Array): void {
    for (let i = 0; i < this.#blocks.length; i++) {
      const { space, interpolation } = this.#blocks[i];
      const at = this.#offsets[i];
      const end = this.#offsets[i + 1] ?? this.size;
      const turn = at + QUATERNION_INDEX;
      if (space === 'ee_pose') {
        quaternion.conjugate(from, this.#rotation, turn);
        quaternion.multiply(to, this.#rotation, out, turn, 0, turn);
      }
      for (let k = at; k < end; k++) {
        if (space === 'ee_pose' && k >= turn) break;
        const rule = interpolation?.[k - at];
        const step = to[k] - from[k];
        out[k] = rule === 'snap' ? 0 : rule === 'angle' ? shortestAngle(step) : step;
      }
    }
  }

  /** Adds a share (0..1) of a step of {@link difference} to the row `out`. */
  addStep(step: Float64Array, share: number, out: Float64Array): void {
    for (let i = 0; i < this.#blocks.length; i++) {
      const at = this.#offsets[i];
      const end = this.#offsets[i + 1] ?? this.size;
      const isPose = this.#blocks[i].space === 'ee_pose';
      const turn = at + QUATERNION_INDEX;
      for (let k = at; k < (isPose ? turn : end); k++) out[k] += share * step[k];
      if (!isPose) continue;
      quaternion.slerp(IDENTITY, step, share, this.#rotation, 0, turn);
      quaternion.multiply(this.#rotation, out, out, 0, turn, turn);
    }
  }
}
