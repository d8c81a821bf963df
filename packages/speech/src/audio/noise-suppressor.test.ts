import { Random } from '@praxis/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadFlite } from '../node/index.ts';
import { type Audio, concatenate, rms, SPEECH_SAMPLE_RATE_HZ } from './audio.ts';
import { mixAtSnr, motorNoise, pinkNoise } from './noise.ts';
import { NoiseSuppressor, SUPPRESSOR_DELAY_S } from './noise-suppressor.ts';
import { resample } from './resample.ts';

/** Normalised correlation of a delayed sound with clean speech: 1 for equal shapes. @param delay samples */
function similarity(sound: Float32Array, speech: Float32Array, delay: number): number {
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
    const spoken = (await loadFlite()).synthesize('move left five centimeters and then stop', {
      voice: 'rms',
      stretch: 1,
    });
    speech = resample(spoken, SPEECH_SAMPLE_RATE_HZ);
  });

  it.each([
    ['pink', 10, pinkNoise],
    ['motor', 4, motorNoise],
  ] as const)('attenuates %s noise in pauses by more than %d dB and keeps the speech', (_, decibels, noise) => {
    const pause = new Float32Array(2 * SPEECH_SAMPLE_RATE_HZ);
    const samples = concatenate([pause, speech.samples]);
    const noisy = mixAtSnr(
      { samples, rate: SPEECH_SAMPLE_RATE_HZ },
      noise(samples.length, SPEECH_SAMPLE_RATE_HZ, new Random(1, 'noise')),
      10,
    );
    const clean = new NoiseSuppressor().denoise(noisy.samples);
    const [before, after] = [noisy.samples, clean].map((each) =>
      rms(each.subarray(SPEECH_SAMPLE_RATE_HZ, 2 * SPEECH_SAMPLE_RATE_HZ)),
    );
    expect(20 * Math.log10(before / after)).toBeGreaterThan(decibels);
    expect(similarity(clean, samples, SUPPRESSOR_DELAY_S * SPEECH_SAMPLE_RATE_HZ)).toBeGreaterThan(0.95);
  });

  it('attenuates pure noise, and keeps silence silent', () => {
    const noise = pinkNoise(3 * SPEECH_SAMPLE_RATE_HZ, SPEECH_SAMPLE_RATE_HZ, new Random(2, 'noise')).samples.map(
      (sample) => sample / 5,
    );
    const left = new NoiseSuppressor().denoise(noise).subarray(SPEECH_SAMPLE_RATE_HZ);
    expect(rms(left)).toBeLessThan(0.3 * rms(noise));
    expect(rms(new NoiseSuppressor().denoise(new Float32Array(SPEECH_SAMPLE_RATE_HZ)))).toBe(0);
  });

  it('returns the same samples for any division into blocks, up to the last 30 ms', () => {
    const random = new Random(3, 'cuts');
    const cut = new NoiseSuppressor();
    const parts: Float32Array[] = [];
    for (let at = 0; at < speech.samples.length; ) {
      const next = at + Math.floor(random.uniform(0, 1000));
      parts.push(cut.denoise(speech.samples.subarray(at, next)));
      at = next;
    }
    const whole = new NoiseSuppressor().denoise(speech.samples);
    expect(concatenate(parts)).toEqual(whole);
    expect(speech.samples.length - whole.length).toBeLessThan(0.03 * SPEECH_SAMPLE_RATE_HZ);
  });
});
