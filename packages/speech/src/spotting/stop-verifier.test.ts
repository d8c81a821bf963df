import { readFile } from 'node:fs/promises';
import { PolicyError } from '@praxis/core';
import { nodeBackend } from '@praxis/policy/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { concatenate, SPEECH_SAMPLE_RATE_HZ } from '../audio/audio.ts';
import { resample } from '../audio/resample.ts';
import { HOP_SAMPLES, type SpeechEmbedder } from '../embedding/speech-embedder.ts';
import { loadFlite, loadSpeechEmbedder } from '../node/weights/load.ts';
import { WordLabeller } from '../rescoring/word-labeller.ts';
import type { Flite } from '../tts/flite.ts';
import { SILENCE_STEPS, StopVerifier } from './stop-verifier.ts';

const weights = (name: string) => readFile(new URL(`../../weights/words/${name}`, import.meta.url));

let flite: Flite;
let embedding: SpeechEmbedder;
let verifier: StopVerifier;
beforeAll(async () => {
  const words = new TextDecoder()
    .decode(await weights('words.txt'))
    .trim()
    .split('\n');
  [flite, embedding] = await Promise.all([loadFlite(), loadSpeechEmbedder()]);
  verifier = new StopVerifier(await WordLabeller.load(nodeBackend(), await weights('words.onnx'), words));
});
afterAll(() => Promise.all([embedding.close(), verifier.close()]));

/** Probability of a stop word right after the text, spoken by a voice outside the training set. */
async function probabilityAfter(text: string): Promise<number> {
  const { samples } = resample(flite.synthesize(text, { voice: 'kal16', stretch: 1 }), SPEECH_SAMPLE_RATE_HZ);
  const pause = new Float32Array(SPEECH_SAMPLE_RATE_HZ);
  for (const { values } of await embedding.embed(concatenate([pause, samples, new Float32Array(HOP_SAMPLES)])))
    verifier.appendEmbedding(values);
  return verifier.stopProbability(await embedding.embedTrailingSilence(SILENCE_STEPS));
}

describe('StopVerifier', () => {
  it('separates stop words from other words, similar ones included', async () => {
    for (const text of ['stop', 'halt', 'freeze', 'emergency', 'please stop']) {
      expect(await probabilityAfter(text), text).toBeGreaterThan(0.25);
    }
    for (const text of ['squeeze', 'move back home', 'half speed', 'how much force', 'pick up the red cube', 'abort']) {
      expect(await probabilityAfter(text), text).toBeLessThan(0.25);
    }
  });

  it('judges the last words only', async () => {
    expect(await probabilityAfter('stop')).toBeGreaterThan(0.25);
    expect(await probabilityAfter('pick up the red cube')).toBeLessThan(0.25);
  });

  it('requires labels for all stop words', async () => {
    const others = Array.from({ length: 377 }, (_, i) => `word ${i}`);
    const labels = await WordLabeller.load(nodeBackend(), await weights('words.onnx'), others);
    expect(() => new StopVerifier(labels)).toThrow(PolicyError);
    await labels.close();
  });
});
