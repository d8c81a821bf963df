import type { SimulatedClock } from '@praxis/core';
import type { Audio, Listener, StopEvent } from '@praxis/speech';

/** Duration of the blocks that the studio's page sends (s). */
const BLOCK_DURATION_S = 0.03;

/** A detected stop. Times are in seconds from the beginning of the sound. */
export interface TimedStopEvent extends Pick<StopEvent, 'word' | 'end' | 'by'> {
  /** Time of the detection: the end of the recorded block plus {@link compute}. */
  readonly at: number;
  /** CPU time of the detection on all threads (s). */
  readonly compute: number;
}

/** Plays a sound to a listener in simulated time, as a microphone does: each block arrives when it has been recorded. */
export class SimulatedMicrophone {
  readonly #listener: Listener;
  readonly #clock: SimulatedClock;
  readonly #sound: Audio;
  readonly #begin: number;
  #playedSamples = 0;

  /** @param clock clock of the listener; it does not restart with each sound */
  constructor(listener: Listener, clock: SimulatedClock, sound: Audio) {
    this.#listener = listener;
    this.#clock = clock;
    this.#sound = sound;
    // One second that the microphone does not record separates this sound from the previous one.
    clock.advance(1);
    this.#begin = clock.now();
  }

  get isFinished(): boolean {
    return this.#playedSamples >= this.#sound.samples.length;
  }

  /** Plays the sound up to a time. @param time from the beginning of the sound (s) @returns the first stop that is detected */
  async playUntil(time: number): Promise<TimedStopEvent | undefined> {
    const { samples, rate } = this.#sound;
    const length = Math.round(BLOCK_DURATION_S * rate);
    while (!this.isFinished && Math.min(this.#playedSamples + length, samples.length) <= time * rate) {
      const stamp = this.#begin + this.#playedSamples / rate;
      const value = { samples: samples.subarray(this.#playedSamples, this.#playedSamples + length), rate };
      this.#playedSamples = Math.min(this.#playedSamples + length, samples.length);
      this.#clock.advanceTo(this.#begin + this.#playedSamples / rate);
      const stop = await this.#detectDuring(() =>
        this.#listener.acceptAudio({ value, stamp, received: this.#clock.now() }),
      );
      if (stop) return stop;
    }
    return undefined;
  }

  /** Ends the sound, and with it the current utterance. */
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
