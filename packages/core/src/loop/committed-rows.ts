import type { ActionBlock } from '../actions/specs.ts';
import type { ChunkScheduler, CommittedActions, PolicySpec } from '../ports/policy.ts';
import { type ActionContext, inUnit } from './prepare-chunk.ts';

/** Tolerance for rounded times, in rows: a delay of exactly two periods is that of two rows. */
const ROUNDING_TOLERANCE_ROWS = 1e-9;

/** Reads ahead which actions the robot executes while an inference runs. */
export class CommittedRows {
  readonly #scheduler: ChunkScheduler;
  readonly #most: number;
  /** Time between two rows (s). */
  readonly #period: number;
  readonly #actions: readonly ActionContext[];
  readonly #row: Float64Array;

  /** @param actions in the order of the scheduler's rows */
  constructor(
    scheduler: ChunkScheduler,
    { committedRows = 0, actionPeriod }: PolicySpec,
    actions: readonly ActionContext[],
  ) {
    this.#scheduler = scheduler;
    this.#most = committedRows;
    this.#period = actionPeriod;
    this.#actions = actions;
    this.#row = new Float64Array(actions.reduce((sum, { bound }) => sum + bound.size, 0));
  }

  /**
   * The rows after an observation, interpolated by the scheduler; undefined while no chunk is in force.
   *
   * A row counts as executed if the robot has to be on the way to it when the new chunk can be used: ceil(delay / period) rows.
   * @param stamp time of the observation (s)
   * @param delay time from the observation to the use of its chunk (s)
   */
  from(stamp: number, delay: number): CommittedActions | undefined {
    const data = this.#actions.map(({ bound }) => new Float64Array(this.#most * bound.size));
    let rows = 0;
    while (rows < this.#most && this.#scheduler.sample(stamp + (rows + 1) * this.#period, this.#row)) {
      for (const [i, { bound, gripperRange }] of this.#actions.entries()) {
        const { offset, size, space } = bound;
        const row = this.#row.subarray(offset, offset + size);
        if (space === 'gripper') row[0] = inUnit(bound, row[0], gripperRange);
        data[i].set(row, rows * size);
      }
      rows++;
    }
    if (rows === 0) return undefined;
    const blocks: Record<string, ActionBlock> = {};
    for (const [i, { bound }] of this.#actions.entries()) {
      blocks[bound.spec.name] = { space: bound.space, data: data[i].slice(0, rows * bound.size) };
    }
    const executed = Math.ceil(delay / this.#period - ROUNDING_TOLERANCE_ROWS);
    return { rows, count: Math.min(Math.max(executed, 0), rows), blocks };
  }
}
