import { Random, SimulatedClock } from '@praxis/core';
import { Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { SPEECH_SAMPLE_RATE_HZ } from '../audio/audio.ts';
import { motorNoise } from '../audio/noise.ts';
import { loadStopNetwork, loadVad } from '../node/index.ts';
import { Listener } from './listener.ts';
import type { RecognisedUtterance } from './listener-events.ts';

const NOISE_MIN = 10;

// A minute of sound takes four seconds of processor time; `listener.test.ts` plays a third of a minute.
describe('a listener', { timeout: 600_000 }, () => {
  it(`hears neither utterances nor stop words in ${NOISE_MIN} minutes of motor noise, and drops no sound`, async () => {
    const clock = new SimulatedClock(100);
    const recogniser = async () => {
      throw new Error('no recogniser');
    };
    const ticks = new Subject<void>();
    const listener = new Listener({ clock, ticks, vad: await loadVad(), recogniser, stopSpotter: loadStopNetwork });
    const utterances: RecognisedUtterance[] = [];
    let stops = 0;
    listener.utterances$.subscribe((each) => utterances.push(each));
    listener.stops$.subscribe(() => stops++);
    await listener.started();
    for (let minute = 0; minute < NOISE_MIN; minute++) {
      const seed = new Random(minute, 'motor');
      const { samples, rate } = motorNoise(60 * SPEECH_SAMPLE_RATE_HZ, SPEECH_SAMPLE_RATE_HZ, seed);
      for (let at = 0; at < samples.length; at += rate) {
        const stamp = clock.now();
        const value = { samples: samples.subarray(at, at + rate).map((sample) => 0.1 * sample), rate };
        await listener.acceptAudio({ value, stamp, received: stamp });
        clock.advance(1);
        ticks.next();
      }
    }
    expect(stops).toBe(0);
    expect(utterances.length).toBeLessThan(2);
    expect(listener.counters.droppedSeconds).toBe(0);
    await listener.close();
  });
});
