import { Random } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { concatenate, SPEECH_SAMPLE_RATE_HZ } from '../audio/audio.ts';
import { pinkNoise } from '../audio/noise.ts';
import { trimToSpeech } from './trim-to-speech.ts';

const noise = (seconds: number, level: number, seed: number) =>
  pinkNoise(seconds * SPEECH_SAMPLE_RATE_HZ, SPEECH_SAMPLE_RATE_HZ, new Random(seed, 'noise')).samples.map(
    (sample) => level * sample,
  );

describe('trimToSpeech', () => {
  it('cuts off much softer audio before and after speech, and keeps a margin', () => {
    const all = concatenate([noise(1, 0.05, 1), noise(1, 1, 2), noise(1, 0.05, 3)]);
    const { from, to } = trimToSpeech(all);
    expect(from / SPEECH_SAMPLE_RATE_HZ).toBeGreaterThan(0.8);
    expect(from / SPEECH_SAMPLE_RATE_HZ).toBeLessThan(0.95);
    expect((to - from) / SPEECH_SAMPLE_RATE_HZ).toBeGreaterThan(1.2);
    expect((to - from) / SPEECH_SAMPLE_RATE_HZ).toBeLessThan(1.35);
  });

  it('does not begin at a short click, however loud', () => {
    const all = concatenate([
      noise(0.5, 0.05, 1),
      noise(0.02, 0.8, 2),
      noise(0.5, 0.05, 3),
      noise(1, 1, 4),
      noise(0.5, 0.05, 5),
    ]);
    expect(trimToSpeech(all).from / SPEECH_SAMPLE_RATE_HZ).toBeGreaterThan(0.85);
  });

  it('keeps soft pauses inside, and everything when the level is constant', () => {
    const paused = concatenate([noise(1, 1, 1), noise(0.5, 0.02, 2), noise(1, 1, 3)]);
    expect(trimToSpeech(paused)).toEqual({ from: 0, to: paused.length });
    for (const same of [
      noise(1, 0.1, 4),
      new Float32Array(SPEECH_SAMPLE_RATE_HZ),
      new Float32Array(100),
      new Float32Array(0),
    ]) {
      expect(trimToSpeech(same)).toEqual({ from: 0, to: same.length });
    }
  });
});
