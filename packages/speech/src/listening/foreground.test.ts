import { Random } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { joined, SPEECH_RATE } from '../audio/audio.ts';
import { pinkNoise } from '../audio/noise.ts';
import { foreground } from './foreground.ts';

const noise = (seconds: number, level: number, seed: number) =>
  pinkNoise(seconds * SPEECH_RATE, SPEECH_RATE, new Random(seed, 'noise')).samples.map((sample) => level * sample);

describe('foreground', () => {
  it('cuts off what is much softer before and after, and keeps a little of it', () => {
    const all = joined([noise(1, 0.05, 1), noise(1, 1, 2), noise(1, 0.05, 3)]);
    const { samples, cut } = foreground(all);
    expect(cut).toBeGreaterThan(0.8);
    expect(cut).toBeLessThan(0.95);
    expect(samples.length / SPEECH_RATE).toBeGreaterThan(1.2);
    expect(samples.length / SPEECH_RATE).toBeLessThan(1.35);
    expect(samples).toEqual(all.subarray(cut * SPEECH_RATE, cut * SPEECH_RATE + samples.length));
  });

  it('keeps soft pauses inside, and everything when all of it is alike', () => {
    const paused = joined([noise(1, 1, 1), noise(0.5, 0.02, 2), noise(1, 1, 3)]);
    expect(foreground(paused)).toEqual({ samples: paused, cut: 0 });
    for (const same of [noise(1, 0.1, 4), new Float32Array(SPEECH_RATE), new Float32Array(100), new Float32Array(0)]) {
      expect(foreground(same)).toEqual({ samples: same, cut: 0 });
    }
  });
});
