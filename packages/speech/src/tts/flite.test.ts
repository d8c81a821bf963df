import { InputError, Random } from '@praxis/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { concatenate, durationS, rms } from '../audio/audio.ts';
import { mixAtSnr, pinkNoise } from '../audio/noise.ts';
import { resample } from '../audio/resample.ts';
import { loadFlite, loadVad } from '../node/index.ts';
import { VAD_FRAME_SAMPLES } from '../vad/silero.ts';
import { Segmenter, type Utterance } from '../vad/utterance-segmenter.ts';
import { FLITE_VOICES, type Flite } from './flite.ts';

let flite: Flite;
beforeAll(async () => {
  flite = await loadFlite();
});

const silence = (seconds: number) => new Float32Array(16000 * seconds);
const synthesized = (text: string) => resample(flite.synthesize(text), 16000).samples;

describe('Flite', () => {
  it('speaks with each voice, deterministically, and slower with a stretch', () => {
    for (const voice of FLITE_VOICES) {
      const audio = flite.synthesize('moving left five centimeters', { voice, stretch: 1 });
      expect(durationS(audio), voice).toBeGreaterThan(1);
      expect(durationS(audio), voice).toBeLessThan(5);
      expect(rms(audio.samples), voice).toBeGreaterThan(0.01);
    }
    expect(flite.synthesize('holding')).toEqual(flite.synthesize('holding'));
    const slow = flite.synthesize('holding', { voice: 'slt', stretch: 1.5 });
    expect(durationS(slow)).toBeGreaterThan(1.2 * durationS(flite.synthesize('holding')));
  });

  it('rejects texts without words, long texts and an invalid stretch', () => {
    for (const text of ['', ' ... ', 'a'.repeat(1001)]) expect(() => flite.synthesize(text)).toThrow(InputError);
    expect(() => flite.synthesize('a', { voice: 'slt', stretch: Number.NaN })).toThrow(/stretch NaN/);
  });
});

describe('voice activity', () => {
  async function utterances(samples: Float32Array): Promise<readonly Utterance[]> {
    const vad = await loadVad();
    const segmenter = new Segmenter({ maxUtteranceS: 4 });
    const found: Utterance[] = [];
    for (let at = 0; at + VAD_FRAME_SAMPLES <= samples.length; at += VAD_FRAME_SAMPLES) {
      const frame = samples.subarray(at, at + VAD_FRAME_SAMPLES);
      const utterance = segmenter.acceptFrame(frame, await vad.speechProbability(frame));
      if (utterance) found.push(utterance);
      expect(segmenter.bufferedS).toBeLessThanOrEqual(4);
    }
    const last = segmenter.flush();
    await vad.close();
    return last ? [...found, last] : found;
  }

  it('finds two sentences at their times, in silence and in noise', async () => {
    const [one, two] = [synthesized('move left five centimeters'), synthesized('open the gripper')];
    const samples = concatenate([silence(1), one, silence(1), two, silence(1)]);
    const noise = pinkNoise(samples.length, 16000, new Random(3));
    for (const stream of [samples, mixAtSnr({ samples, rate: 16000 }, noise, 10).samples]) {
      const found = await utterances(stream);
      expect(found).toHaveLength(2);
      const begins = [1, 2 + one.length / 16000];
      for (const [i, utterance] of found.entries()) {
        expect(Math.abs(utterance.start - begins[i])).toBeLessThan(0.6);
        expect(utterance.end).toBeGreaterThan(begins[i] + 0.4);
      }
    }
  });

  it('finds nothing in noise, and cuts speech without pauses', async () => {
    expect(await utterances(pinkNoise(16000 * 10, 16000, new Random(4)).samples)).toEqual([]);
    const long = concatenate(
      Array.from({ length: 6 }, () => synthesized('pick up the red cube and put it on the left tray')),
    );
    const found = await utterances(long);
    expect(found.length).toBeGreaterThan(1);
    for (const { samples } of found) expect(samples.length).toBeLessThanOrEqual(4 * 16000);
  });
});
