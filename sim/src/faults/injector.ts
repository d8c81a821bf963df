import { Random } from '@praxis/core';
import type { Fault, FaultContext, InjectionPoints } from './fault.ts';

/** Shortest and longest time without a fault (s), for each {@link Fault.when}. */
const FAULT_DELAY_RANGE_S = { any: [0.5, 3.5], moving: [0.1, 0.6] } as const;
/** The hand moves when it is faster than this (m/s). A fault with `when: 'moving'` counts only this time. */
const MOVING_SPEED_M_S = 0.1;

/** Injects one fault into one episode, at a time that depends on the seed. */
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

  /** Simulated time of the injection (s); undefined before it. */
  get injectedAt(): number | undefined {
    return this.#injected;
  }

  /** Injects the fault when its delay is over. Call it once a control period. @param begun true once the loop has a chunk */
  advance(context: FaultContext, begun: boolean): void {
    if (this.#injected !== undefined) return;
    const { time, velocity } = context;
    const [x, y, z] = velocity;
    const counts = begun && (this.fault.when === 'any' || x * x + y * y + z * z >= MOVING_SPEED_M_S * MOVING_SPEED_M_S);
    if (counts) this.#elapsed += time - this.#lastTime;
    this.#lastTime = time;
    if (!counts || this.#elapsed < this.#delay) return;
    this.#injected = time;
    this.fault.inject(this.#injectionPoints, this.#random, context);
  }
}
