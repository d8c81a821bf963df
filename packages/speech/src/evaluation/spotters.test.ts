import { SimulatedClock } from '@praxis/core';
import { expect, it } from 'vitest';
import { SPEECH_RATE } from '../audio/audio.ts';
import { Listener } from '../listening/listener.ts';
import { loadActivity } from '../node/files.ts';
import type { HeardStop } from '../recognition/recogniser.ts';
import type { StopSpotter } from '../recognition/stop-spotter.ts';
import { hearingStops, Spotters } from './spotters.ts';

/** Hears a stop that ended a tenth of a second ago whenever so many more seconds have come. */
class Metronome implements StopSpotter {
  readonly #period: number;
  #heard = 0;
  readonly gone = new Promise<string>(() => {});

  constructor(period: number) {
    this.#period = period;
  }

  push(samples: Float32Array): Promise<readonly HeardStop[]> {
    const before = Math.floor(this.#heard / this.#period);
    this.#heard += samples.length / SPEECH_RATE;
    const now = { word: 'stop', end: this.#heard - 0.1, detected: this.#heard };
    return Promise.resolve(Math.floor(this.#heard / this.#period) > before ? [now] : []);
  }

  async close(): Promise<void> {}
}

it('tells what each spotter found in each sound, in seconds from its beginning', async () => {
  const clock = new SimulatedClock(50);
  const spotters = new Spotters([new Metronome(1), new Metronome(2)]);
  const nobody = {
    recognise: () => Promise.reject(new Error('nothing is said')),
    gone: new Promise<string>(() => {}),
    close: () => Promise.resolve(),
  };
  const listener = new Listener({
    clock,
    activity: await loadActivity(),
    recogniser: () => Promise.resolve(nobody),
    stopSpotter: () => Promise.resolve(spotters),
  });
  await listener.started();
  const hear = hearingStops(listener, clock, spotters);
  const sound = { samples: new Float32Array(1.5 * SPEECH_RATE), rate: SPEECH_RATE };
  const [first, never] = await hear(sound);
  expect(first).toHaveLength(1);
  expect(never).toEqual([]);
  expect(first[0].detected).toBeCloseTo(1, 1);
  // A tenth of a second, and what noise suppression is late.
  expect(first[0].detected - first[0].end).toBeCloseTo(0.12, 5);
  const begin = clock.now() - 50;
  const [second, now] = await hear(sound);
  expect(second[0].detected).toBeCloseTo(2 - begin, 1);
  expect(now[0].detected).toBeCloseTo(2 - begin, 1);
  await listener.close();
});
