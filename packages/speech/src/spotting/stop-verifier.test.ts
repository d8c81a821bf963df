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

/** What it thinks when a text has just been said, by a voice that the network was not taught with. */
async function afterSaying(text: string): Promise<number> {
  const { samples } = resample(flite.synthesize(text, { voice: 'kal16', stretch: 1 }), SPEECH_SAMPLE_RATE_HZ);
  const pause = new Float32Array(SPEECH_SAMPLE_RATE_HZ);
  for (const { values } of await embedding.embed(concatenate([pause, samples, new Float32Array(HOP_SAMPLES)])))
    verifier.appendEmbedding(values);
  return verifier.stopProbability(await embedding.embedTrailingSilence(SILENCE_STEPS));
}

describe('SecondOpinion', () => {
  it('is that a stop word was said when one was, and none when other words were, that sound like one too', async () => {
    for (const text of ['stop', 'halt', 'freeze', 'emergency', 'please stop']) {
      expect(await afterSaying(text), text).toBeGreaterThan(0.25);
    }
    for (const text of ['squeeze', 'move back home', 'half speed', 'how much force', 'pick up the red cube', 'abort']) {
      expect(await afterSaying(text), text).toBeLessThan(0.25);
    }
  });

  it('is of what was said last', async () => {
    expect(await afterSaying('stop')).toBeGreaterThan(0.25);
    expect(await afterSaying('pick up the red cube')).toBeLessThan(0.25);
  });

  it('needs labels of all stop words', async () => {
    const others = Array.from({ length: 377 }, (_, i) => `word ${i}`);
    const labels = await WordLabeller.load(nodeBackend(), await weights('words.onnx'), others);
    expect(() => new StopVerifier(labels)).toThrow(PolicyError);
    await labels.close();
  });
});
