import type { SimulatedClock } from '@praxis/core';
import type { Audio, Listener, StopEvent } from '@praxis/speech';

/** Sound that a page hands over at once (s). */
const BLOCK_S = 0.03;

/** A stop that was heard. Seconds from the beginning of the sound. */
export interface TimedStopEvent extends Pick<StopEvent, 'word' | 'end' | 'by'> {
  /** When the sound with which it was found had been recorded, and what was made of that was computed. */
  readonly at: number;
  /** CPU time of the push that found it, on all threads (s). */
  readonly compute: number;
}

/** Plays one sound to a listener as a microphone does in the simulation's time, a piece when it is recorded. */
export class SimulatedMicrophone {
  readonly #listener: Listener;
  readonly #clock: SimulatedClock;
  readonly #sound: Audio;
  readonly #begin: number;
  #playedSamples = 0;

  /** @param clock the listener's, which goes on from sound to sound */
  constructor(listener: Listener, clock: SimulatedClock, sound: Audio) {
    this.#listener = listener;
    this.#clock = clock;
    this.#sound = sound;
    // What went on between two sounds was not recorded.
    clock.advance(1);
    this.#begin = clock.now();
  }

  get isFinished(): boolean {
    return this.#playedSamples >= this.#sound.samples.length;
  }

  /** @param time from the beginning of the sound (s) @returns the first stop that is heard in what has been recorded by then */
  async playUntil(time: number): Promise<TimedStopEvent | undefined> {
    const { samples, rate } = this.#sound;
    const length = Math.round(BLOCK_S * rate);
    while (!this.isFinished && Math.min(this.#playedSamples + length, samples.length) <= time * rate) {
      const stamp = this.#begin + this.#playedSamples / rate;
      const value = { samples: samples.subarray(this.#playedSamples, this.#playedSamples + length), rate };
      this.#playedSamples = Math.min(this.#playedSamples + length, samples.length);
      this.#clock.advanceTo(this.#begin + this.#playedSamples / rate);
      const heard = await this.#detectDuring(() =>
        this.#listener.acceptAudio({ value, stamp, received: this.#clock.now() }),
      );
      if (heard) return heard;
    }
    return undefined;
  }

  /** The sound is over: what was being said counts as said. */
  flush(): Promise<TimedStopEvent | undefined> {
    return this.#detectDuring(() => this.#listener.flush());
  }

  async #detectDuring(listen: () => Promise<void>): Promise<TimedStopEvent | undefined> {
    const stops: StopEvent[] = [];
    const subscription = this.#listener.stops$.subscribe((stop) => stops.push(stop));
    const before = process.cpuUsage();
    await listen();
    const { user, system } = process.cpuUsage(before);
    subscription.unsubscribe();
    if (stops.length === 0) return undefined;
    const compute = (user + system) / 1e6;
    const { word, end, by } = stops[0];
    return { word, by, end: end - this.#begin, at: this.#listener.processedUntil - this.#begin + compute, compute };
  }
}
