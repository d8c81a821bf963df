import type { SimulatedClock } from '@praxis/core';
import type { Audio, HeardUtterance, Listener, StopEvent } from '@praxis/speech';

/** What a listener made of a piece of sound; seconds from its beginning. */
export interface Heard {
  readonly utterances: readonly HeardUtterance[];
  readonly stops: readonly StopEvent[];
}

/** A microphone's pieces (s). */
const PIECE = 0.1;

/**
 * Plays one sound after the other to a listener, as fast as it listens; each ends what is being said.
 * @param clock the listener's
 */
export function hearing(listener: Listener, clock: SimulatedClock): (sound: Audio) => Promise<Heard> {
  let utterances: HeardUtterance[] = [];
  let stops: StopEvent[] = [];
  listener.utterances$.subscribe((each) => utterances.push(each));
  listener.stops$.subscribe((each) => stops.push(each));
  return async ({ samples, rate }) => {
    const begin = clock.now();
    [utterances, stops] = [[], []];
    const length = Math.round(PIECE * rate);
    for (let at = 0; at < samples.length; at += length) {
      const stamp = begin + at / rate;
      clock.advanceTo(stamp);
      await listener.push({ value: { samples: samples.subarray(at, at + length), rate }, stamp, received: stamp });
    }
    await listener.end();
    clock.advanceTo(listener.heardUntil);
    return {
      utterances: utterances.map((each) => ({ ...each, start: each.start - begin, end: each.end - begin })),
      stops: stops.map((each) => ({ ...each, end: each.end - begin, detected: each.detected - begin })),
    };
  };
}
