import { Random } from '@praxis/core';
import type { Fault, FaultContext, InjectionPoints } from './fault.ts';

/** For so many seconds the arm moves and all is well: at least, at most. */
const FAULT_DELAY_RANGE_S = { any: [0.5, 3.5], moving: [0.1, 0.6] } as const;
/** What waits for motion counts only the time in which the hand is faster than this (m/s). */
const MOVING_SPEED_M_S = 0.1;

/** Makes one fault happen in one episode, at a time that the seed decides. */
export class FaultInjector {
  readonly fault: Fault;
  readonly #injectionPoints: InjectionPoints;
  readonly #random: Random;
  readonly #delay: number;
  #elapsed = 0;
  #lastTime = 0;
  #injected: number | undefined;

  constructor(fault: Fault, seed: number, points: InjectionPoints) {
    this.fault = fault;
    this.#injectionPoints = points;
    this.#random = new Random(seed, `fault ${fault.name}`);
    const [least, most] = FAULT_DELAY_RANGE_S[fault.when];
    this.#delay = this.#random.uniform(least, most);
  }

  /** When it happened (s, the simulator's time); undefined before. */
  get injectedAt(): number | undefined {
    return this.#injected;
  }

  /** Once a period. @param begun whether the arm has been told to move */
  advance(moment: FaultContext, begun: boolean): void {
    if (this.#injected !== undefined) return;
    const { time, velocity } = moment;
    const [x, y, z] = velocity;
    const counts = begun && (this.fault.when === 'any' || x * x + y * y + z * z >= MOVING_SPEED_M_S * MOVING_SPEED_M_S);
    if (counts) this.#elapsed += time - this.#lastTime;
    this.#lastTime = time;
    if (!counts || this.#elapsed < this.#delay) return;
    this.#injected = time;
    this.fault.inject(this.#injectionPoints, this.#random, moment);
  }
}
