import { readFile } from 'node:fs/promises';
import { PolicyError } from '@praxis/core';
import { nodeBackend } from '@praxis/policy/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { joined, SPEECH_RATE } from '../audio/audio.ts';
import { resample } from '../audio/resample.ts';
import { HOP, type SpeechEmbedding } from '../embedding/speech-embedding.ts';
import { loadFlite, loadSpeechEmbedding } from '../node/weights/load.ts';
import { WordLabels } from '../rescoring/word-labels.ts';
import type { Flite } from '../tts/flite.ts';
import { SecondOpinion, SILENCE } from './second-opinion.ts';

const weights = (name: string) => readFile(new URL(`../../weights/words/${name}`, import.meta.url));

let flite: Flite;
let embedding: SpeechEmbedding;
let opinion: SecondOpinion;
beforeAll(async () => {
  const words = new TextDecoder()
    .decode(await weights('words.txt'))
    .trim()
    .split('\n');
  [flite, embedding] = await Promise.all([loadFlite(), loadSpeechEmbedding()]);
  opinion = new SecondOpinion(await WordLabels.load(nodeBackend(), await weights('words.onnx'), words));
});
afterAll(() => Promise.all([embedding.close(), opinion.close()]));

/** What it thinks when a text has just been said, by a voice that the network was not taught with. */
async function afterSaying(text: string): Promise<number> {
  const { samples } = resample(flite.speak(text, { voice: 'kal16', stretch: 1 }), SPEECH_RATE);
  const pause = new Float32Array(SPEECH_RATE);
  for (const { values } of await embedding.push(joined([pause, samples, new Float32Array(HOP)])))
    opinion.remember(values);
  return opinion.ofStop(await embedding.beforeSilence(SILENCE));
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
    const labels = await WordLabels.load(nodeBackend(), await weights('words.onnx'), others);
    expect(() => new SecondOpinion(labels)).toThrow(PolicyError);
    await labels.close();
  });
});
