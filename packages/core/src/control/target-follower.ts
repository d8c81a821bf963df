import type { ChunkScheduler } from '../ports/policy.ts';

/**
 * State of control. `waiting`: no action has arrived, and the robot stands. `tracking`: it follows the actions. `empty`: no action is
 * left; positions continue to the last target, and velocities end. `holding`: no action has arrived for `holdAfter` seconds, and the
 * robot brakes and stands.
 */
export type ControlState = 'waiting' | 'tracking' | 'empty' | 'holding';

/**
 * Longest control period that is integrated (s). It limits the step after a pause of the process, so that the robot does
 * not jump.
 */
const MAX_PERIOD_S = 0.01;

const LAST_TICK_INDEX = 0;
const LAST_ACTION_INDEX = 1;

/** Takes the targets of the moment from a scheduler, for all controllers of a loop, and knows when actions cease. Allocates nothing. */
export class TargetFollower {
  /** Targets of the newest action, block after block. Controllers hold views of it. */
  readonly row: Float64Array;
  readonly #scheduler: ChunkScheduler;
  readonly #holdAfter: number;
  #state: ControlState = 'waiting';
  /** Time of the last tick and of the last action (s). An array avoids boxing a number per tick. */
  readonly #times = new Float64Array(2);

  /**
   * @param size numbers in a row of the actions
   * @param holdAfter time after the last action for which its target remains valid (s)
   */
  constructor(scheduler: ChunkScheduler, size: number, holdAfter = 0.3) {
    this.#scheduler = scheduler;
    this.row = new Float64Array(size);
    this.#holdAfter = holdAfter;
  }

  get state(): ControlState {
    return this.#state;
  }

  /** Waits for an action from `now` (s) on. */
  reset(now: number): void {
    this.#state = 'waiting';
    this.#times[LAST_TICK_INDEX] = now;
    this.#times[LAST_ACTION_INDEX] = now;
  }

  /** Brakes and stands until the scheduler returns an action again. */
  hold(): void {
    if (this.#state !== 'waiting') this.#state = 'holding';
  }

  /**
   * Updates `row` and `state` for time `now` (s).
   * @returns duration of the control period (s); 0 or less when there is nothing to compute
   */
  advance(now: number): number {
    const dt = Math.min(now - this.#times[LAST_TICK_INDEX], MAX_PERIOD_S);
    if (this.#scheduler.sample(now, this.row)) {
      this.#state = 'tracking';
      this.#times[LAST_ACTION_INDEX] = now;
    } else if (this.#state === 'tracking') this.#state = 'empty';
    if (this.#state === 'empty' && now - this.#times[LAST_ACTION_INDEX] >= this.#holdAfter) this.#state = 'holding';
    if (!(dt > 0)) return 0;
    this.#times[LAST_TICK_INDEX] = now;
    return dt;
  }
}
