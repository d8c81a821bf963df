import type { Random, Stamped, Wrench } from '@praxis/core';
import { DelayLine } from './delay-line.ts';

/** The wrist sensor's imperfections. */
export interface WrenchSetup {
  /** Standard deviation of one sample: N, Nm. */
  readonly noise: readonly [force: number, torque: number];
  /** Constant error: N, N, N, Nm, Nm, Nm. */
  readonly bias: readonly number[];
  /** Change of the bias a second. */
  readonly drift: readonly number[];
  /** Largest magnitude on each axis: N, Nm. */
  readonly saturation: readonly [force: number, torque: number];
  /** s. */
  readonly delay: number;
}

/** A wrist force/torque sensor as one buys it: noise, bias, drift, saturation and delay; it feels the tool's weight. */
export class WrenchSensor {
  readonly #setup: WrenchSetup;
  readonly #random: Random;
  readonly #delayLine: DelayLine<Stamped<Wrench>>;

  constructor(setup: WrenchSetup, random: Random) {
    this.#setup = setup;
    this.#random = random;
    this.#delayLine = new DelayLine(setup.delay);
  }

  /**
   * Takes the true wrench of the environment on the tool; returns the reading that has arrived by now, if one has.
   * @param wrench N and Nm, force first, in the sensor's frame.
   */
  sample(now: number, wrench: Wrench): Stamped<Wrench> | undefined {
    const { noise, bias, drift, saturation, delay } = this.#setup;
    const reading = new Float64Array(6);
    for (let i = 0; i < 6; i++) {
      const kind = i < 3 ? 0 : 1;
      const value = wrench[i] + bias[i] + drift[i] * now + this.#random.normal(0, noise[kind]);
      reading[i] = Math.max(-saturation[kind], Math.min(saturation[kind], value));
    }
    this.#delayLine.enqueue(now, { value: reading, stamp: now, received: now + delay });
    return this.#delayLine.dequeueDue(now);
  }
}
