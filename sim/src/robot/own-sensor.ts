import { isDue, type SignalSpec, type Stamped, type StreamValue } from '@praxis/core';
import { Subject } from 'rxjs';

/** The stream of a sensor that the arm does not have by itself, in one episode. */
export class OwnSensor {
  /** Rate (Hz) above 0. */
  readonly spec: SignalSpec;
  readonly stream = new Subject<Stamped<StreamValue>>();
  readonly #take: (time: number) => StreamValue;
  #samples = 0;

  /** @param take takes one sample at a time (s); it is called in order of time */
  constructor(spec: SignalSpec, take: (time: number) => StreamValue) {
    this.spec = spec;
    this.#take = take;
  }

  /** Publishes a sample if one is due at this time (s). */
  publishDue(now: number): void {
    if (!isDue(now, this.#samples / this.spec.rateHz)) return;
    this.#samples++;
    this.stream.next({ value: this.#take(now), stamp: now, received: now });
  }
}
