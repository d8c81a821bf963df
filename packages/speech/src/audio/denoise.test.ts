import { Random } from '@praxis/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadFlite } from '../node/index.ts';
import { type Audio, joined, rms, SPEECH_RATE } from './audio.ts';
import { NoiseSuppressor, SUPPRESSOR_DELAY } from './denoise.ts';
import { motorNoise, pinkNoise, withNoise } from './noise.ts';
import { resample } from './resample.ts';

/** How alike two sounds are, whatever their levels: 1 is the same. */
function likeness(sound: Float32Array, speech: Float32Array, delay: number): number {
  let [both, own, other] = [0, 0, 0];
  for (let i = delay; i < sound.length; i++) {
    both += sound[i] * speech[i - delay];
    own += speech[i - delay] ** 2;
    other += sound[i] ** 2;
  }
  return both / Math.sqrt(own * other);
}

describe('NoiseSuppressor', () => {
  let speech: Audio;
  beforeAll(async () => {
    const spoken = (await loadFlite()).speak('move left five centimeters and then stop', { voice: 'rms', stretch: 1 });
    speech = resample(spoken, SPEECH_RATE);
  });

  it.each([
    ['pink', 10, pinkNoise],
    ['motor', 4, motorNoise],
  ] as const)('takes %s noise in the pauses down by %d dB and leaves the speech', (_, decibels, noise) => {
    const pause = new Float32Array(2 * SPEECH_RATE);
    const samples = joined([pause, speech.samples]);
    const noisy = withNoise(
      { samples, rate: SPEECH_RATE },
      noise(samples.length, SPEECH_RATE, new Random(1, 'noise')),
      10,
    );
    const clean = new NoiseSuppressor().push(noisy.samples);
    const [before, after] = [noisy.samples, clean].map((each) => rms(each.subarray(SPEECH_RATE, 2 * SPEECH_RATE)));
    expect(20 * Math.log10(before / after)).toBeGreaterThan(decibels);
    expect(likeness(clean, samples, SUPPRESSOR_DELAY * SPEECH_RATE)).toBeGreaterThan(0.95);
  });

  it('leaves little of noise alone, and nothing of silence', () => {
    const noise = pinkNoise(3 * SPEECH_RATE, SPEECH_RATE, new Random(2, 'noise')).samples.map((sample) => sample / 5);
    const left = new NoiseSuppressor().push(noise).subarray(SPEECH_RATE);
    expect(rms(left)).toBeLessThan(0.3 * rms(noise));
    expect(rms(new NoiseSuppressor().push(new Float32Array(SPEECH_RATE)))).toBe(0);
  });

  it('gives the same sound however the stream is cut, all but the last 30 ms', () => {
    const random = new Random(3, 'cuts');
    const cut = new NoiseSuppressor();
    const parts: Float32Array[] = [];
    for (let at = 0; at < speech.samples.length; ) {
      const next = at + Math.floor(random.uniform(0, 1000));
      parts.push(cut.push(speech.samples.subarray(at, next)));
      at = next;
    }
    const whole = new NoiseSuppressor().push(speech.samples);
    expect(joined(parts)).toEqual(whole);
    expect(speech.samples.length - whole.length).toBeLessThan(0.03 * SPEECH_RATE);
  });
});
