import type { Random, Stamped, Wrench } from '@praxis/core';
import { DelayLine } from './delay-line.ts';
import type { TouchTiming, WrenchMoment } from './touch-timing.ts';

/** Noise, bias, drift, range and delay of the wrist sensor. */
export interface WrenchSetup {
  /** Standard deviation of one sample (N, Nm). */
  readonly noise: readonly [force: number, torque: number];
  /** Constant error of each axis: N, N, N, Nm, Nm, Nm. */
  readonly bias: readonly number[];
  /** Change of the bias of each axis per second (N/s, Nm/s). */
  readonly drift: readonly number[];
  /** Largest magnitude of a reading on each axis (N, Nm). */
  readonly saturation: readonly [force: number, torque: number];
  /** Time from measurement to arrival (s). */
  readonly delay: number;
  /** Moment whose wrench a reading shows. Default: that of its stamp. */
  readonly timing?: TouchTiming;
}

/** A wrist force/torque sensor with noise, bias, drift, saturation and delay. Its readings include the tool's weight. */
export class WrenchSensor {
  readonly #setup: WrenchSetup;
  readonly #random: Random;
  readonly #moment: WrenchMoment | undefined;
  readonly #delayLine: DelayLine<Stamped<Wrench>>;

  /**
   * @param random source of the noise
   * @param moment what {@link WrenchSetup.timing} asks for, see `wrenchMoment`. Default: the wrench of the stamp
   */
  constructor(setup: WrenchSetup, random: Random, moment?: WrenchMoment) {
    this.#moment = moment;
    this.#setup = setup;
    this.#random = random;
    this.#delayLine = new DelayLine(setup.delay);
  }

  /**
   * Measures the true wrench and returns the reading that arrives at `now` (s), if there is one.
   * @param wrench true wrench on the tool, force (N) first, then torque (Nm), in the sensor's frame
   */
  sample(now: number, wrench: Wrench): Stamped<Wrench> | undefined {
    const { noise, bias, drift, saturation, delay } = this.#setup;
    const truth = this.#moment?.at(now, wrench) ?? wrench;
    const reading = new Float64Array(6);
    for (let i = 0; i < 6; i++) {
      const kind = i < 3 ? 0 : 1;
      const value = truth[i] + bias[i] + drift[i] * now + this.#random.normal(0, noise[kind]);
      reading[i] = Math.max(-saturation[kind], Math.min(saturation[kind], value));
    }
    this.#delayLine.enqueue(now, { value: reading, stamp: now, received: now + delay });
    return this.#delayLine.dequeueDue(now);
  }
}
