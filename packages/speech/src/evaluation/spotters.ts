import type { SimulatedClock } from '@praxis/core';
import type { Audio } from '../audio/audio.ts';
import { SUPPRESSOR_DELAY } from '../audio/denoise.ts';
import type { SpottedStop } from '../listening/heard.ts';
import type { Listener } from '../listening/listener.ts';
import type { HeardStop } from '../recognition/recogniser.ts';
import type { StopSpotter } from '../recognition/stop-spotter.ts';
import { hearing } from './hearing.ts';

/** Several spotters in the place of one: what each found is kept apart, and the listener is told of nothing. */
export class Spotters implements StopSpotter {
  readonly #spotters: readonly StopSpotter[];
  #found: HeardStop[][];
  readonly gone: Promise<string>;

  constructor(spotters: readonly StopSpotter[]) {
    this.#spotters = spotters;
    this.#found = spotters.map(() => []);
    this.gone = Promise.race(spotters.map((each) => each.gone));
  }

  async push(samples: Float32Array, contrast?: number): Promise<readonly HeardStop[]> {
    const found = await Promise.all(this.#spotters.map((each) => each.push(samples, contrast)));
    found.forEach((stops, i) => void this.#found[i].push(...stops));
    return [];
  }

  /** @returns what each has found since this was asked last */
  take(): readonly (readonly HeardStop[])[] {
    const found = this.#found;
    this.#found = this.#spotters.map(() => []);
    return found;
  }

  async close(): Promise<void> {
    await Promise.all(this.#spotters.map((each) => each.close()));
  }
}

/**
 * Plays one sound after the other to a listener whose stop spotter is `spotters`, from its first sound on.
 * @param clock the listener's
 * @returns what each of them and the grammar found together; seconds from the sound's beginning, `detected`: how much of it
 * had to be heard
 */
export function hearingStops(
  listener: Listener,
  clock: SimulatedClock,
  spotters: Spotters,
): (sound: Audio) => Promise<readonly (readonly SpottedStop[])[]> {
  const hear = hearing(listener, clock);
  const origin = clock.now();
  return async (sound) => {
    const begin = clock.now() - origin;
    const said = (count: number) => count - begin;
    const { stops: byCommands } = await hear(sound);
    return spotters.take().map((found) => [
      ...found.map(
        ({ word, end, detected }): SpottedStop => ({
          word,
          end: said(end - SUPPRESSOR_DELAY),
          detected: said(detected),
          by: 'stop words',
        }),
      ),
      ...byCommands,
    ]);
  };
}
