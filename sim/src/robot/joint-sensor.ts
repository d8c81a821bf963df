import type { JointState, Random, Stamped } from '@praxis/core';
import { BufferPool, DelayLine } from './delay-line.ts';

/** Noise, bias and delay of the joint encoders. */
export interface JointsSetup {
  /** Standard deviation of one sample: rad and rad/s, m and m/s for the fingers. */
  readonly noise: readonly [position: number, velocity: number];
  /** Constant position error of each joint, arm first: rad, m for the fingers. */
  readonly bias: readonly number[];
  /** Time from measurement to arrival (s). */
  readonly delay: number;
}

/** Joint encoders with noise, an error of the zero position, and delay. */
export class JointSensor {
  readonly #names: readonly string[];
  readonly #setup: JointsSetup;
  readonly #random: Random;
  readonly #pool = new BufferPool();
  readonly #delayLine: DelayLine<Stamped<JointState>>;

  constructor(names: readonly string[], setup: JointsSetup, random: Random) {
    this.#names = names;
    this.#setup = setup;
    this.#random = random;
    this.#delayLine = new DelayLine(setup.delay);
  }

  /**
   * Measures the true state and returns the reading that arrives at `now` (s), if there is one.
   * @param position,velocity true state in the order of the names: rad and rad/s, m and m/s for prismatic joints
   */
  sample(now: number, position: ArrayLike<number>, velocity: ArrayLike<number>): Stamped<JointState> | undefined {
    const { noise, bias, delay } = this.#setup;
    const n = this.#names.length;
    const value = { names: this.#names, position: this.#pool.allocate(n), velocity: this.#pool.allocate(n) };
    for (let i = 0; i < n; i++) value.position[i] = position[i] + bias[i] + this.#random.normal(0, noise[0]);
    for (let i = 0; i < n; i++) value.velocity[i] = velocity[i] + this.#random.normal(0, noise[1]);
    this.#delayLine.enqueue(now, { value, stamp: now, received: now + delay });
    return this.#delayLine.dequeueDue(now);
  }
}
