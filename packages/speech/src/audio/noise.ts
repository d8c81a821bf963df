import type { Random } from '@praxis/core';
import { type Audio, rms } from './audio.ts';

/** Noise with equal power in each octave, by Kellet's filter with three poles. @param length samples. @param rate Hz */
export function pinkNoise(length: number, rate: number, random: Random): Audio {
  const samples = new Float32Array(length);
  let [a, b, c] = [0, 0, 0];
  for (let i = 0; i < length; i++) {
    const white = random.normal(0, 1);
    a = 0.99765 * a + white * 0.099046;
    b = 0.963 * b + white * 0.2965164;
    c = 0.57 * c + white * 1.0526913;
    samples[i] = (a + b + c + white * 0.1848) / 20;
  }
  return { samples, rate };
}

/** Noise of an electric drive: harmonics of a slowly varying speed with some hiss. @param length samples. @param rate Hz */
export function motorNoise(length: number, rate: number, random: Random): Audio {
  const samples = new Float32Array(length);
  let frequency = random.uniform(70, 180);
  let phase = 0;
  for (let i = 0; i < length; i++) {
    frequency += random.normal(0, 0.02);
    phase += (2 * Math.PI * frequency) / rate;
    let sum = random.normal(0, 0.1);
    for (let harmonic = 1; harmonic <= 12; harmonic++) sum += Math.sin(harmonic * phase) / harmonic;
    samples[i] = sum / 5;
  }
  return { samples, rate };
}

/**
 * Adds noise to speech at a signal-to-noise ratio. The ratio compares the mean powers over the length of the speech; shorter
 * noise repeats.
 * @param decibels level of the speech above the noise
 */
export function mixAtSnr(speech: Audio, noise: Audio, decibels: number): Audio {
  const noiseSamples = new Float32Array(speech.samples.length);
  // `set` copies a whole block: a function called for each sample takes ten times as long.
  for (let at = 0; at < noiseSamples.length && noise.samples.length > 0; at += noise.samples.length)
    noiseSamples.set(noise.samples.subarray(0, noiseSamples.length - at), at);
  const power = rms(noiseSamples);
  const scale = power === 0 ? 0 : rms(speech.samples) / power / 10 ** (decibels / 20);
  return { samples: speech.samples.map((sample, i) => sample + scale * noiseSamples[i]), rate: speech.rate };
}
