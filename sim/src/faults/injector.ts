import { Random } from '@praxis/core';
import type { Fault, FaultPoints, Moment } from './fault.ts';

/** For so many seconds the arm moves and all is well: at least, at most. */
const WELL = { any: [0.5, 3.5], moving: [0.1, 0.6] } as const;
/** What waits for motion counts only the time in which the hand is faster than this (m/s). */
const MOVING = 0.1;

/** Makes one fault happen in one episode, at a time that the seed decides. */
export class FaultInjector {
  readonly fault: Fault;
  readonly #points: FaultPoints;
  readonly #random: Random;
  readonly #after: number;
  #well = 0;
  #last = 0;
  #injected: number | undefined;

  constructor(fault: Fault, seed: number, points: FaultPoints) {
    this.fault = fault;
    this.#points = points;
    this.#random = new Random(seed, `fault ${fault.name}`);
    const [least, most] = WELL[fault.when];
    this.#after = this.#random.uniform(least, most);
  }

  /** When it happened (s, the simulator's time); undefined before. */
  get injectedAt(): number | undefined {
    return this.#injected;
  }

  /** Once a period. @param begun whether the arm has been told to move */
  update(moment: Moment, begun: boolean): void {
    if (this.#injected !== undefined) return;
    const { time, velocity } = moment;
    const [x, y, z] = velocity;
    const counts = begun && (this.fault.when === 'any' || x * x + y * y + z * z >= MOVING * MOVING);
    if (counts) this.#well += time - this.#last;
    this.#last = time;
    if (!counts || this.#well < this.#after) return;
    this.#injected = time;
    this.fault.inject(this.#points, this.#random, moment);
  }
}
