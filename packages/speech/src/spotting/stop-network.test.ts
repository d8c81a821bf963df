import { readFile } from 'node:fs/promises';
import { Random } from '@praxis/core';
import { nodeBackend } from '@praxis/policy/node';
import { OnnxGraph } from '@praxis/policy/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { concatenate, SPEECH_SAMPLE_RATE_HZ } from '../audio/audio.ts';
import { motorNoise } from '../audio/noise.ts';
import { resample } from '../audio/resample.ts';
import { EMBEDDING_SIZE, HOP_SAMPLES } from '../embedding/speech-embedder.ts';
import { loadFlite, loadSpeechEmbedder, loadStopNetwork } from '../node/weights/load.ts';
import type { StopEvent } from '../recognition/stop-event.ts';
import type { Flite, FliteVoice } from '../tts/flite.ts';
import { StopNetwork } from './stop-network.ts';

/** Of Flite's voices those that it was not taught by come last. */
const VOICES = ['slt', 'awb', 'rms', 'kal16'] as const;

let spotter: StopNetwork;
let flite: Flite;
/** Seconds that were heard so far. */
let detections = 0;
beforeAll(async () => {
  [spotter, flite] = await Promise.all([loadStopNetwork(), loadFlite()]);
});
afterAll(() => spotter.close());

/** What is found in a text with a pause on both sides, in seconds from where it begins. */
async function detect(text: string, voice: FliteVoice) {
  const { samples: said } = resample(flite.synthesize(text, { voice, stretch: 1 }), SPEECH_SAMPLE_RATE_HZ);
  const pause = new Float32Array(0.6 * SPEECH_SAMPLE_RATE_HZ);
  const found = await push(concatenate([pause, said, pause]));
  return { ended: 0.6 + said.length / SPEECH_SAMPLE_RATE_HZ, found };
}

async function push(samples: Float32Array): Promise<readonly StopEvent[]> {
  const found: StopEvent[] = [];
  for (let at = 0; at < samples.length; at += 512)
    found.push(...(await spotter.detect(samples.subarray(at, at + 512))));
  const begin = detections;
  detections += samples.length / SPEECH_SAMPLE_RATE_HZ;
  return found.map((each) => ({ ...each, end: each.end - begin, detected: each.detected - begin }));
}

describe('StopNetwork', () => {
  it('hears stop words when they end, whatever was said before them, for as long as it listens', async () => {
    for (const voice of VOICES) {
      for (const text of ['stop', 'halt', 'freeze', 'emergency', 'please stop', 'move left and stop']) {
        const { found, ended } = await detect(text, voice);
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
        const { found } = await detect(text, voice);
        expect(
          found.filter(({ confidence }) => confidence === 'high'),
          `${voice}: ${text}`,
        ).toEqual([]);
      }
    }
  });

  it('hears none in a motor and in silence', async () => {
    const motor = motorNoise(20 * SPEECH_SAMPLE_RATE_HZ, SPEECH_SAMPLE_RATE_HZ, new Random(3, 'motor'));
    expect(await push(motor.samples.map((sample) => 0.1 * sample))).toEqual([]);
    expect(await push(new Float32Array(10 * SPEECH_SAMPLE_RATE_HZ))).toEqual([]);
  });

  it('hears the same however the sound is cut', async () => {
    const { samples } = resample(flite.synthesize('please stop', { voice: 'awb', stretch: 1 }), SPEECH_SAMPLE_RATE_HZ);
    const sound = concatenate([samples, new Float32Array(SPEECH_SAMPLE_RATE_HZ / 2)]);
    const whole = await fresh((own) => own.detect(sound));
    expect(whole).not.toEqual([]);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 4_000 }), { minLength: 1, maxLength: 6 }), async (cuts) => {
        const found = await fresh(async (own) => {
          const all: StopEvent[] = [];
          for (let at = 0, i = 0; at < sound.length; i++) {
            const length = cuts[i % cuts.length];
            all.push(...(await own.detect(sound.subarray(at, at + length))));
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
    await expect(closed.detect(new Float32Array(512))).rejects.toThrow(/closed/);
    expect(await closed.exited).toMatch(/closed/);
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
    const { samples } = resample(flite.synthesize('please stop', { voice: 'awb', stretch: 1 }), SPEECH_SAMPLE_RATE_HZ);
    const [asked, other] = await Promise.all([loadSpeechEmbedder(), loadSpeechEmbedder()]);
    const [first, second] = [samples.subarray(0, 5 * HOP_SAMPLES), samples.subarray(5 * HOP_SAMPLES)];
    expect(await asked.embed(first)).toEqual(await other.embed(first));
    const silence = await asked.embedTrailingSilence(3);
    expect(await asked.embed(second)).toEqual(await other.embed(second));
    other.reset();
    const followed = await other.embed(concatenate([first, new Float32Array(3 * HOP_SAMPLES)]));
    expect(silence).toEqual(followed.slice(5).map(({ values }) => values));
    await Promise.all([asked.close(), other.close()]);
  });

  it('gives one each 80 ms', async () => {
    const embedding = await loadSpeechEmbedder();
    expect(await embedding.embed(new Float32Array(HOP_SAMPLES - 1))).toEqual([]);
    const [first, ...others] = await embedding.embed(new Float32Array(2 * HOP_SAMPLES));
    expect(others).toHaveLength(1);
    expect(first.values).toHaveLength(EMBEDDING_SIZE);
    expect(first.end).toBeCloseTo(0.08, 9);
    await embedding.close();
  });
});
