import { Random, SimulatedClock } from '@praxis/core';
import { filter, firstValueFrom, Subject } from 'rxjs';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Audio, concatenate, durationS, SPEECH_SAMPLE_RATE_HZ } from '../audio/audio.ts';
import { motorNoise } from '../audio/noise.ts';
import { resample } from '../audio/resample.ts';
import { loadFlite, loadVad } from '../node/index.ts';
import type { Recogniser, RecognitionResult } from '../recognition/recogniser.ts';
import type { StopEvent, StopSpotter } from '../recognition/stop-event.ts';
import { Listener, type ListenerParts } from './listener.ts';
import type { ListenerState, RecognisedUtterance } from './listener-events.ts';

/** A third-party recogniser: answers with the length of the utterance until it exits or hangs. */
class FakeRecogniser implements Recogniser, StopSpotter {
  readonly received: Float32Array[] = [];
  #resolveExit: (reason: string) => void = () => {};
  readonly exited = new Promise<string>((resolve) => (this.#resolveExit = resolve));
  hangs = false;
  #rejections: ((error: Error) => void)[] = [];
  readonly #accepted: 'yes' | 'no';

  constructor(accepted: 'yes' | 'no' = 'yes') {
    this.#accepted = accepted;
  }

  recognise(samples: Float32Array): Promise<RecognitionResult> {
    this.received.push(samples);
    const stops: StopEvent[] = [];
    const text = `${(samples.length / SPEECH_SAMPLE_RATE_HZ).toFixed(1)} s of speech`;
    const confidence = this.#accepted === 'yes' ? 0.9 : 0.3;
    const result = { text, confidence, accepted: this.#accepted, stops, compute: 0.01 };
    return this.hangs ? new Promise((_, reject) => this.#rejections.push(reject)) : Promise.resolve(result);
  }

  /** Detects a stop word in every tenth frame. */
  detect(samples: Float32Array): Promise<readonly StopEvent[]> {
    this.received.push(samples);
    if (this.hangs) return new Promise((_, reject) => this.#rejections.push(reject));
    const now = (this.received.length * samples.length) / SPEECH_SAMPLE_RATE_HZ;
    return Promise.resolve(
      this.received.length % 10 === 0
        ? [{ word: 'stop', end: now - 0.1, detected: now, by: 'stop words' as const, confidence: 'high' as const }]
        : [],
    );
  }

  exit(reason: string): void {
    this.#resolveExit(reason);
    for (const fail of this.#rejections) fail(new Error(reason));
  }

  close(): Promise<void> {
    this.exit('closed');
    return Promise.resolve();
  }
}

const silence = (seconds: number): Audio => ({
  samples: new Float32Array(seconds * SPEECH_SAMPLE_RATE_HZ),
  rate: SPEECH_SAMPLE_RATE_HZ,
});

let speech: Audio;
beforeAll(async () => {
  const spoken = (await loadFlite()).synthesize('move left five centimeters', { voice: 'rms', stretch: 1 });
  const { samples } = resample(spoken, SPEECH_SAMPLE_RATE_HZ);
  speech = { samples: concatenate([silence(1).samples, samples, silence(1).samples]), rate: SPEECH_SAMPLE_RATE_HZ };
});

let open: Listener | undefined;
afterEach(() => open?.close());

async function listenerOf(parts: Partial<ListenerParts> = {}) {
  const clock = new SimulatedClock(100);
  const ticks = new Subject<void>();
  const made: FakeRecogniser[] = [];
  const recogniser = () => {
    made.push(new FakeRecogniser());
    return Promise.resolve(made.at(-1)!);
  };
  const vad = await loadVad();
  const listener = new Listener({ clock, ticks, vad, recogniser, ...parts });
  open = listener;
  const utterances: RecognisedUtterance[] = [];
  const stops: StopEvent[] = [];
  const states: ListenerState[] = [];
  listener.utterances$.subscribe((each) => utterances.push(each));
  listener.stops$.subscribe((each) => stops.push(each));
  listener.state$.subscribe((each) => states.push(each));
  await listener.started();
  /** Advances the clock without audio. */
  const wait = async (seconds: number) => {
    for (let left = seconds; left > 1e-9; left -= 0.25) {
      clock.advance(Math.min(left, 0.25));
      ticks.next();
      await new Promise(setImmediate);
    }
  };
  /** @param blockSamples length of each block, or a function that returns the length of the next one */
  const play = async ({ samples, rate }: Audio, blockSamples: number | (() => number) = 1600) => {
    const begin = clock.now();
    for (let at = 0; at < samples.length; ) {
      const next = at + (typeof blockSamples === 'number' ? blockSamples : blockSamples());
      const value = { samples: samples.subarray(at, next), rate };
      const stamp = begin + at / rate;
      clock.advanceTo(Math.max(clock.now(), stamp));
      await listener.acceptAudio({ value, stamp, received: stamp });
      ticks.next();
      at = next;
    }
    clock.advanceTo(begin + durationS({ samples, rate }));
  };
  return { listener, clock, made, utterances, stops, states, wait, play };
}

describe('an utterance', () => {
  it.each([8000, 16000, 44100, 48000])(
    'is recognised once, with its stamps, at %d Hz and with blocks of any length',
    async (rate) => {
      const { play, utterances, made } = await listenerOf();
      const random = new Random(rate, 'pieces');
      await play(resample(speech, rate), () => Math.ceil(random.uniform(0, 0.2 * rate)));
      expect(utterances).toHaveLength(1);
      const [{ start, end, accepted }] = utterances;
      expect(accepted).toBe('yes');
      // The pre-roll begins the utterance; the last speech ends it.
      expect(start).toBeGreaterThan(100.6);
      expect(start).toBeLessThan(101.1);
      expect(Math.abs(end - (100 + durationS(speech) - 1.1))).toBeLessThan(0.3);
      expect(made[0].received[0].length / SPEECH_SAMPLE_RATE_HZ).toBeGreaterThan(durationS(speech) - 2.3);
    },
  );

  it('ends with the stream', async () => {
    const { play, utterances, listener } = await listenerOf();
    await play({ samples: speech.samples.subarray(0, 2 * SPEECH_SAMPLE_RATE_HZ), rate: SPEECH_SAMPLE_RATE_HZ });
    expect(utterances).toHaveLength(0);
    await listener.flush();
    expect(utterances).toHaveLength(1);
  });

  it('ends at a gap', async () => {
    const { play, wait, utterances, listener } = await listenerOf();
    await play({ samples: speech.samples.subarray(0, 2 * SPEECH_SAMPLE_RATE_HZ), rate: SPEECH_SAMPLE_RATE_HZ });
    await wait(1);
    await play(silence(0.1));
    await listener.flush();
    expect(listener.counters.gaps).toBe(1);
    expect(utterances).toHaveLength(1);
    expect(utterances[0].end).toBeLessThan(102.1);
  });
});

describe('state', () => {
  it('is "no audio" before the first block and after the last, and "speech" during speech', async () => {
    const { play, wait, states } = await listenerOf();
    expect(states.at(-1)).toEqual({ kind: 'no audio' });
    await play(speech);
    await wait(2);
    expect(states.map(({ kind }) => kind)).toEqual([
      'starting',
      'no audio',
      'listening',
      'speech',
      'listening',
      'no audio',
    ]);
  });

  it('reports samples that are not finite, invalid rates, and audio at another rate than declared', async () => {
    const { play, states, listener } = await listenerOf();
    await play({ samples: new Float32Array(100).fill(Number.NaN), rate: SPEECH_SAMPLE_RATE_HZ });
    expect(states.at(-1)).toEqual({ kind: 'broken audio', reason: 'sample 0 is NaN' });
    await play({ samples: new Float32Array(100), rate: 12.5 });
    expect(states.at(-1)).toMatchObject({ kind: 'broken audio', reason: expect.stringMatching(/rate 12.5 Hz/) });
    expect(listener.counters.brokenBlocks).toBeGreaterThan(1);
    await play(silence(2));
    expect(states.at(-1)).toEqual({ kind: 'listening' });
    for (let stamp = 200; stamp < 203; stamp += 0.1) {
      // Declared as 48 kHz, but 0.1 s at 16 kHz.
      await listener.acceptAudio({ value: { samples: new Float32Array(1600), rate: 48_000 }, stamp, received: stamp });
    }
    expect(states.at(-1)).toEqual({ kind: 'broken audio', reason: 'declared 48000 Hz, measured 16000 Hz' });
  });

  it('reports an overdriven microphone', async () => {
    const { play, states } = await listenerOf();
    const loud = speech.samples.map((sample) => Math.max(-1, Math.min(1, 40 * sample)));
    await play({ samples: loud, rate: SPEECH_SAMPLE_RATE_HZ });
    expect(states.map(({ kind }) => kind)).toContain('clipped');
    await play(silence(5));
    expect(states.at(-1)).toEqual({ kind: 'listening' });
  });
});

describe('a recogniser that exits', () => {
  it('is reported and restarted, and recognises later utterances', async () => {
    const { play, wait, states, made, utterances, listener } = await listenerOf();
    await play(silence(0.5));
    made[0].exit('killed');
    await wait(0.25);
    expect(states.at(-1)).toEqual({ kind: 'recogniser exited', what: 'commands', reason: 'killed' });
    await wait(0.5);
    expect(made).toHaveLength(2);
    await play(speech);
    expect(utterances).toHaveLength(1);
    expect(listener.counters.restarts).toBe(1);
  });

  it('is restarted with growing delays', async () => {
    const tries: number[] = [];
    const time = { now: () => 0 };
    const recogniser = () => {
      tries.push(time.now());
      return Promise.reject(new Error('not installed'));
    };
    const { wait, clock, states } = await listenerOf({ recogniser });
    time.now = () => clock.now() - 100;
    await wait(20);
    expect(tries).toEqual([0, 0.5, 1.5, 3.5, 7.5, 15.5]);
    expect(states.at(-1)).toMatchObject({ kind: 'recogniser exited', reason: 'not installed' });
  });

  it('or hangs is replaced, and utterances in between are dropped instead of obeyed late', async () => {
    const { play, made, states, utterances, listener } = await listenerOf();
    made[0].hangs = true;
    // A microphone does not wait for the recogniser.
    const pushes: Promise<void>[] = [];
    const push = listener.acceptAudio.bind(listener);
    listener.acceptAudio = async (block) => {
      pushes.push(push(block));
      await firstValueFrom(listener.level$.pipe(filter(({ stamp }) => stamp >= block.stamp - 0.1)));
    };
    for (let i = 0; i < 8; i++) await play(speech);
    expect(states).toContainEqual({
      kind: 'recogniser exited',
      what: 'commands',
      reason: 'the recogniser did not answer in time',
    });
    await Promise.all(pushes);
    expect(made.length).toBeGreaterThan(1);
    expect(listener.counters.droppedUtterances).toBeGreaterThan(1);
    expect(utterances.length).toBeLessThan(7);
    for (const { received } of made) expect(received.length).toBeLessThan(8);
  });
});

describe('background speech', () => {
  const softer = (decibels: number): Audio => ({
    samples: speech.samples.map((sample) => sample * 10 ** (-decibels / 20)),
    rate: SPEECH_SAMPLE_RATE_HZ,
  });

  it('is ignored right after much louder speech, and recognised later', async () => {
    const { play, utterances } = await listenerOf();
    await play(speech);
    await play(softer(20));
    expect(utterances).toHaveLength(1);
    await play(silence(3));
    await play(softer(20));
    expect(utterances).toHaveLength(2);
  });

  it('is recognised when it is nearly as loud', async () => {
    const { play, utterances } = await listenerOf();
    await play(speech);
    await play(softer(8));
    expect(utterances).toHaveLength(2);
  });
});

describe('stop words', () => {
  it('are published at once, with stamps of the audio', async () => {
    const { play, stops } = await listenerOf({ stopSpotter: () => Promise.resolve(new FakeRecogniser()) });
    await play(silence(2));
    expect(stops.length).toBeGreaterThan(1);
    expect(stops[0]).toMatchObject({ word: 'stop', by: 'stop words' });
    expect(stops[0].detected).toBeCloseTo(100.32, 2);
    // Noise suppression delays the detection.
    expect(stops[0].end).toBeCloseTo(stops[0].detected - 0.02 - 0.1, 5);
  });

  describe('of uncertain detection', () => {
    /** Detects one uncertain stop word at a given time after its start (s). */
    const uncertainSpotter = (at: number, confidence: StopEvent['confidence'] = 'low'): StopSpotter => {
      let seconds = 0;
      return {
        detect: async (samples) => {
          const before = seconds;
          seconds += samples.length / SPEECH_SAMPLE_RATE_HZ;
          if (before >= at || seconds < at) return [];
          return [{ word: 'halt', end: seconds - 0.1, detected: seconds, by: 'stop words', confidence }];
        },
        exited: new Promise(() => {}),
        close: async () => {},
      };
    };
    /** End of "move left five centimeters", which begins at 1 s (s). */
    const speechEnd = () => durationS(speech) - 1.1;

    it.each([
      ['inside an understood command', () => speechEnd() - 0.3],
      ['outside speech', () => 0.5],
    ])('are no stops %s', async (_, at) => {
      const { play, utterances, stops } = await listenerOf({ stopSpotter: async () => uncertainSpotter(at()) });
      await play(speech);
      await play(silence(4));
      expect(utterances).toHaveLength(1);
      expect(stops).toEqual([]);
    });

    it('are stops at medium confidence when speech ends, before the recognition', async () => {
      const { play, stops } = await listenerOf({ stopSpotter: async () => uncertainSpotter(speechEnd(), 'medium') });
      await play(speech);
      expect(stops).toHaveLength(1);
      expect(stops[0].detected).toBeGreaterThan(100 + speechEnd());
      expect(stops[0].detected).toBeLessThan(100 + speechEnd() + 0.35);
    });

    it('are no stops at medium confidence when speech continues and a command is understood', async () => {
      const { play, stops } = await listenerOf({
        stopSpotter: async () => uncertainSpotter(speechEnd() - 0.7, 'medium'),
      });
      await play(speech);
      expect(stops).toEqual([]);
    });

    it('are stops at the end of an utterance that is not understood', async () => {
      const recogniser = async () => new FakeRecogniser('no');
      const stopSpotter = () => Promise.resolve(uncertainSpotter(speechEnd() - 0.1));
      const { play, stops } = await listenerOf({ recogniser, stopSpotter });
      await play(speech);
      expect(stops).toHaveLength(1);
      expect(stops[0]).toMatchObject({ word: 'halt', by: 'stop words' });
      expect(stops[0].end).toBeCloseTo(100 + speechEnd() - 0.2, 1);
      expect(stops[0].detected).toBeGreaterThan(100 + speechEnd() + 0.2);
    });
  });

  it('cause a report when their spotter does not keep up, and the spotter is restarted', async () => {
    const spotters: FakeRecogniser[] = [];
    const stopSpotter = () => {
      spotters.push(new FakeRecogniser());
      return Promise.resolve(spotters.at(-1)!);
    };
    const { play, wait, states, listener } = await listenerOf({ stopSpotter });
    await play(silence(0.1));
    spotters[0].hangs = true;
    void listener.acceptAudio({ value: silence(3), stamp: 100.1, received: 100.1 });
    await wait(0.25);
    for (let i = 0; i < 100; i++) await new Promise(setImmediate);
    expect(states).toContainEqual({
      kind: 'recogniser exited',
      what: 'stop words',
      reason: 'the stop spotter does not keep up with the audio',
    });
    await wait(2);
    expect(spotters).toHaveLength(2);
  });
});

describe('memory', () => {
  it('is bounded: motor noise makes no utterances', async () => {
    const { play, utterances, made, listener } = await listenerOf();
    const motor = motorNoise(10 * SPEECH_SAMPLE_RATE_HZ, SPEECH_SAMPLE_RATE_HZ, new Random(1, 'motor'));
    for (let i = 0; i < 2; i++) await play(motor, SPEECH_SAMPLE_RATE_HZ);
    expect(utterances.length).toBeLessThan(2);
    expect(made[0].received.length).toBe(utterances.length);
    expect(listener.counters.droppedSeconds).toBe(0);
  });

  it('is bounded: audio that arrives too fast is dropped and counted', async () => {
    const { listener } = await listenerOf();
    const pushes = Array.from({ length: 100 }, (_, i) => {
      const stamp = 100 + i;
      return listener.acceptAudio({ value: silence(1), stamp, received: stamp });
    });
    await Promise.all(pushes);
    expect(listener.counters.droppedSeconds).toBeGreaterThan(90);
  });
});
