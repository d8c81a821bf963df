import { readFile } from 'node:fs/promises';
import { Random } from '@praxis/core';
import { nodeBackend } from '@praxis/policy/node';
import { OnnxGraph } from '@praxis/policy/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { joined, SPEECH_RATE } from '../audio/audio.ts';
import { motorNoise } from '../audio/noise.ts';
import { resample } from '../audio/resample.ts';
import { HOP, WIDTH } from '../embedding/speech-embedding.ts';
import { loadFlite, loadSpeechEmbedding, loadStopNetwork } from '../node/weights/load.ts';
import type { StopEvent } from '../recognition/stop-event.ts';
import type { Flite, FliteVoice } from '../tts/flite.ts';
import { StopNetwork } from './stop-network.ts';

/** Of Flite's voices those that it was not taught by come last. */
const VOICES = ['slt', 'awb', 'rms', 'kal16'] as const;

let spotter: StopNetwork;
let flite: Flite;
/** Seconds that were heard so far. */
let heard = 0;
beforeAll(async () => {
  [spotter, flite] = await Promise.all([loadStopNetwork(), loadFlite()]);
});
afterAll(() => spotter.close());

/** What is found in a text with a pause on both sides, in seconds from where it begins. */
async function hear(text: string, voice: FliteVoice) {
  const { samples: said } = resample(flite.speak(text, { voice, stretch: 1 }), SPEECH_RATE);
  const pause = new Float32Array(0.6 * SPEECH_RATE);
  const found = await push(joined([pause, said, pause]));
  return { ended: 0.6 + said.length / SPEECH_RATE, found };
}

async function push(samples: Float32Array): Promise<readonly StopEvent[]> {
  const found: StopEvent[] = [];
  for (let at = 0; at < samples.length; at += 512) found.push(...(await spotter.push(samples.subarray(at, at + 512))));
  const begin = heard;
  heard += samples.length / SPEECH_RATE;
  return found.map((each) => ({ ...each, end: each.end - begin, detected: each.detected - begin }));
}

describe('StopNetwork', () => {
  it('hears stop words when they end, whatever was said before them, for as long as it listens', async () => {
    for (const voice of VOICES) {
      for (const text of ['stop', 'halt', 'freeze', 'emergency', 'please stop', 'move left and stop']) {
        const { found, ended } = await hear(text, voice);
        expect(found, `${voice}: ${text}`).not.toEqual([]);
        const { end, detected } = found.at(-1)!;
        expect(Math.abs(end - ended), `${voice}: ${text}`).toBeLessThan(0.5);
        expect(detected - ended, `${voice}: ${text}`).toBeLessThan(0.3);
      }
    }
  });

  it('is not sure of one in commands and other talk of voices that it was taught with', async () => {
    const others = [
      ...[
        'pick up the red cube',
        'move left five centimeters',
        'half speed',
        'hold it',
        'take hold of the purple cube please',
        'pick up the orange brick',
        'abort',
      ],
      ...[
        'please raise the blue brick',
        'go home',
        'he said the results would be ready next week',
        'we should order coffee',
      ],
    ];
    for (const voice of VOICES.filter((each) => each !== 'kal16')) {
      for (const text of others) {
        const { found } = await hear(text, voice);
        expect(
          found.filter(({ certainty }) => certainty === 'sure'),
          `${voice}: ${text}`,
        ).toEqual([]);
      }
    }
  });

  it('hears none in a motor and in silence', async () => {
    const motor = motorNoise(20 * SPEECH_RATE, SPEECH_RATE, new Random(3, 'motor'));
    expect(await push(motor.samples.map((sample) => 0.1 * sample))).toEqual([]);
    expect(await push(new Float32Array(10 * SPEECH_RATE))).toEqual([]);
  });

  it('hears the same however the sound is cut', async () => {
    const { samples } = resample(flite.speak('please stop', { voice: 'awb', stretch: 1 }), SPEECH_RATE);
    const sound = joined([samples, new Float32Array(SPEECH_RATE / 2)]);
    const whole = await fresh((own) => own.push(sound));
    expect(whole).not.toEqual([]);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 4_000 }), { minLength: 1, maxLength: 6 }), async (cuts) => {
        const found = await fresh(async (own) => {
          const all: StopEvent[] = [];
          for (let at = 0, i = 0; at < sound.length; i++) {
            const length = cuts[i % cuts.length];
            all.push(...(await own.push(sound.subarray(at, at + length))));
            at += length;
          }
          return all;
        });
        expect(found).toEqual(whole);
      }),
      { numRuns: 5 },
    );
  });

  it('that was closed says so', async () => {
    const closed = await loadStopNetwork();
    await closed.close();
    await expect(closed.push(new Float32Array(512))).rejects.toThrow(/closed/);
    expect(await closed.gone).toMatch(/closed/);
  });

  it('refuses a head of another shape', async () => {
    const graph = new OnnxGraph('head');
    const x = graph.input('embeddings', 'float32', [1, 9, 40]);
    graph.output('probabilities', [1, 9, 40], graph.node('Add', [x, x]));
    const [embedding, labels] = await Promise.all(
      ['stop-words/speech-embedding.onnx', 'words/words.onnx'].map((name) =>
        readFile(new URL(`../../weights/${name}`, import.meta.url)),
      ),
    );
    const loading = StopNetwork.load(nodeBackend(), { embedding, head: graph.bytes(), labels, words: [] });
    await expect(loading).rejects.toThrow(
      'the head takes [1,9,40] and gives [1,9,40], expected [1,steps,96] and [1,5]',
    );
  });
});

async function fresh<T>(work: (own: StopNetwork) => Promise<T>): Promise<T> {
  const own = await loadStopNetwork();
  try {
    return await work(own);
  } finally {
    await own.close();
  }
}

describe('SpeechEmbedding', () => {
  it('tells what it would be if silence followed, and goes on as if nobody had asked', async () => {
    const { samples } = resample(flite.speak('please stop', { voice: 'awb', stretch: 1 }), SPEECH_RATE);
    const [asked, other] = await Promise.all([loadSpeechEmbedding(), loadSpeechEmbedding()]);
    const [first, second] = [samples.subarray(0, 5 * HOP), samples.subarray(5 * HOP)];
    expect(await asked.push(first)).toEqual(await other.push(first));
    const silence = await asked.beforeSilence(3);
    expect(await asked.push(second)).toEqual(await other.push(second));
    other.reset();
    const followed = await other.push(joined([first, new Float32Array(3 * HOP)]));
    expect(silence).toEqual(followed.slice(5).map(({ values }) => values));
    await Promise.all([asked.close(), other.close()]);
  });

  it('gives one each 80 ms', async () => {
    const embedding = await loadSpeechEmbedding();
    expect(await embedding.push(new Float32Array(HOP - 1))).toEqual([]);
    const [first, ...others] = await embedding.push(new Float32Array(2 * HOP));
    expect(others).toHaveLength(1);
    expect(first.values).toHaveLength(WIDTH);
    expect(first.end).toBeCloseTo(0.08, 9);
    await embedding.close();
  });
});
