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
import { OTHER_TEXTS, STOP_TEXTS, speakBetweenPauses } from './testing/texts.ts';

/** Voices of Flite; the last one is outside the training set. `stop-network.nightly.test.ts` has all of them. */
const VOICES = ['rms', 'kal16'] as const;

let spotter: StopNetwork;
let flite: Flite;
/** Audio that the spotter has processed (s). */
let processedS = 0;
beforeAll(async () => {
  [spotter, flite] = await Promise.all([loadStopNetwork(), loadFlite()]);
});
afterAll(() => spotter.close());

/** Detections in a text between pauses of 0.6 s; times in seconds from the first pause. */
async function detect(text: string, voice: FliteVoice) {
  const { samples, ended } = speakBetweenPauses(flite, text, voice);
  return { ended, found: await push(samples) };
}

async function push(samples: Float32Array): Promise<readonly StopEvent[]> {
  const found: StopEvent[] = [];
  for (let at = 0; at < samples.length; at += 512)
    found.push(...(await spotter.detect(samples.subarray(at, at + 512))));
  const begin = processedS;
  processedS += samples.length / SPEECH_SAMPLE_RATE_HZ;
  return found.map((each) => ({ ...each, end: each.end - begin, detected: each.detected - begin }));
}

describe('StopNetwork', () => {
  it('detects stop words at their ends, after other words and late in a stream', async () => {
    for (const voice of VOICES) {
      for (const text of STOP_TEXTS) {
        const { found, ended } = await detect(text, voice);
        expect(found, `${voice}: ${text}`).not.toEqual([]);
        const { end, detected } = found.at(-1)!;
        expect(Math.abs(end - ended), `${voice}: ${text}`).toBeLessThan(0.5);
        expect(detected - ended, `${voice}: ${text}`).toBeLessThan(0.3);
      }
    }
  });

  it('has no detection of high confidence in commands and conversation of a training voice', async () => {
    for (const voice of VOICES.filter((each) => each !== 'kal16')) {
      for (const text of OTHER_TEXTS) {
        const { found } = await detect(text, voice);
        expect(
          found.filter(({ confidence }) => confidence === 'high'),
          `${voice}: ${text}`,
        ).toEqual([]);
      }
    }
  });

  it('detects none in motor noise and in silence', async () => {
    const motor = motorNoise(5 * SPEECH_SAMPLE_RATE_HZ, SPEECH_SAMPLE_RATE_HZ, new Random(3, 'motor'));
    expect(await push(motor.samples.map((sample) => 0.1 * sample))).toEqual([]);
    expect(await push(new Float32Array(2 * SPEECH_SAMPLE_RATE_HZ))).toEqual([]);
  });

  it('returns the same detections for any division into blocks', async () => {
    const { samples } = resample(flite.synthesize('please stop', { voice: 'awb', stretch: 1 }), SPEECH_SAMPLE_RATE_HZ);
    const sound = concatenate([samples, new Float32Array(SPEECH_SAMPLE_RATE_HZ / 2)]);
    const whole = await withSpotter((own) => own.detect(sound));
    expect(whole).not.toEqual([]);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 4_000 }), { minLength: 1, maxLength: 6 }), async (cuts) => {
        const found = await withSpotter(async (own) => {
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

  it('rejects calls after close, with the reason', async () => {
    const closed = await loadStopNetwork();
    await closed.close();
    await expect(closed.detect(new Float32Array(512))).rejects.toThrow(/closed/);
    expect(await closed.exited).toMatch(/closed/);
  });

  it('rejects a head of another shape', async () => {
    const graph = new OnnxGraph('head');
    const x = graph.input('embeddings', 'float32', [1, 9, 40]);
    graph.output('probabilities', [1, 9, 40], graph.node('Add', [x, x]));
    const [embedding, labels] = await Promise.all(
      ['stop-words/speech-embedding.onnx', 'words/words.onnx'].map((name) =>
        readFile(new URL(`../../weights/${name}`, import.meta.url)),
      ),
    );
    const loading = StopNetwork.load(nodeBackend(), { embedding, head: graph.bytes(), labels, words: [] });
    await expect(loading).rejects.toThrow('the head maps [1,9,40] to [1,9,40], expected [1,steps,96] to [1,5]');
  });
});

async function withSpotter<T>(work: (own: StopNetwork) => Promise<T>): Promise<T> {
  const own = await loadStopNetwork();
  try {
    return await work(own);
  } finally {
    await own.close();
  }
}

describe('SpeechEmbedder', () => {
  it('computes the embeddings of following silence without a change of its state', async () => {
    const { samples } = resample(flite.synthesize('please stop', { voice: 'awb', stretch: 1 }), SPEECH_SAMPLE_RATE_HZ);
    const [queried, other] = await Promise.all([loadSpeechEmbedder(), loadSpeechEmbedder()]);
    const [first, second] = [samples.subarray(0, 5 * HOP_SAMPLES), samples.subarray(5 * HOP_SAMPLES)];
    expect(await queried.embed(first)).toEqual(await other.embed(first));
    const silence = await queried.embedTrailingSilence(3);
    expect(await queried.embed(second)).toEqual(await other.embed(second));
    other.reset();
    const followed = await other.embed(concatenate([first, new Float32Array(3 * HOP_SAMPLES)]));
    expect(silence).toEqual(followed.slice(5).map(({ values }) => values));
    await Promise.all([queried.close(), other.close()]);
  });

  it('returns one embedding every 80 ms', async () => {
    const embedding = await loadSpeechEmbedder();
    expect(await embedding.embed(new Float32Array(HOP_SAMPLES - 1))).toEqual([]);
    const [first, ...others] = await embedding.embed(new Float32Array(2 * HOP_SAMPLES));
    expect(others).toHaveLength(1);
    expect(first.values).toHaveLength(EMBEDDING_SIZE);
    expect(first.end).toBeCloseTo(0.08, 9);
    await embedding.close();
  });
});
