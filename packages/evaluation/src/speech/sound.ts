import type { Random } from '@praxis/core';
import {
  type Audio,
  concatenate,
  mixAtSnr,
  motorNoise,
  pinkNoise,
  resample,
  rms,
  SPEECH_SAMPLE_RATE_HZ,
} from '@praxis/speech';
import { CHATTER } from './phrases.ts';
import type { TestVoice } from './test-voices.ts';

/** Kinds of background noise in the speech measurements. */
export const NOISES = ['pink', 'motor', 'babble'] as const;
/** A kind of background noise. */
export type Noise = (typeof NOISES)[number];

/** Background of an utterance: none, or a noise whose level is `decibels` below that of the speech. */
export type NoiseCondition = { readonly noise: 'none' } | { readonly noise: Noise; readonly decibels: number };

/** Duration of the silence before and after each utterance (s). */
export const PADDING_S = 0.5;

/** Adds 0.5 s of silence before and after a sound. @param audio 16 kHz */
export function padWithSilence({ samples }: Audio): Audio {
  const pause = new Float32Array(PADDING_S * SPEECH_SAMPLE_RATE_HZ);
  return { samples: concatenate([pause, samples, pause]), rate: SPEECH_SAMPLE_RATE_HZ };
}

/**
 * Mixes voices at equal level into babble.
 * @param voices one sound per voice, 16 kHz; a sound repeats when it ends
 * @param length number of samples
 */
export function babbleNoise(voices: readonly Audio[], length: number, random: Random): Audio {
  const samples = new Float32Array(length);
  for (const { samples: voice } of voices) {
    const from = Math.floor(random.uniform(0, voice.length));
    const level = 0.1 / Math.max(rms(voice), 1e-6);
    for (let i = 0; i < length; i++) samples[i] += level * voice[(from + i) % voice.length];
  }
  return { samples, rate: SPEECH_SAMPLE_RATE_HZ };
}

/**
 * Adds noise to an utterance. The signal-to-noise ratio counts the speech without the silence around it.
 * @param speech with 0.5 s of silence on both sides
 * @param voices sounds for babble
 */
export function mixNoise(speech: Audio, condition: NoiseCondition, voices: readonly Audio[], random: Random): Audio {
  if (condition.noise === 'none') return speech;
  const { length } = speech.samples;
  const noise =
    condition.noise === 'babble'
      ? babbleNoise(voices, length, random)
      : (condition.noise === 'pink' ? pinkNoise : motorNoise)(length, SPEECH_SAMPLE_RATE_HZ, random);
  // The silence around the speech lowers its mean level: the ratio is corrected by the share of the speech.
  const speechSamples = speech.samples.length - 2 * PADDING_S * SPEECH_SAMPLE_RATE_HZ;
  return mixAtSnr(speech, noise, condition.decibels - 10 * Math.log10(length / speechSamples));
}

/** Finds the end of the speech in a sound without noise (s): the end of the last 10 ms within 40 dB of the loudest 10 ms. */
export function speechEndS({ samples, rate }: Audio): number {
  const frame = rate / 100;
  const levels: number[] = [];
  for (let at = 0; at + frame <= samples.length; at += frame) levels.push(rms(samples.subarray(at, at + frame)));
  const floor = Math.max(...levels) / 100;
  return (levels.findLastIndex((level) => level > floor) + 1) / 100;
}

/** Synthesizes an utterance with silence around it, 16 kHz. @param stretch factor of the duration of every phoneme, 1 is normal */
export const synthesize = (voice: TestVoice, text: string, stretch: number): Audio =>
  padWithSilence(resample(voice.synthesize(text, stretch), SPEECH_SAMPLE_RATE_HZ));

/** Synthesizes continuous conversation of one voice: a part of babble. */
export const synthesizeChatter = (voice: TestVoice): Audio =>
  resample(voice.synthesize(CHATTER.slice(0, 6).join(', '), 1), SPEECH_SAMPLE_RATE_HZ);

/** Number of voices in babble: with fewer, single voices would be intelligible and could give commands. */
const BABBLE_VOICE_COUNT = 6;

/** Returns a function that selects the background conversation for a voice: other voices than the one that speaks. */
export function babbleVoiceSelector(voices: readonly TestVoice[]): (voice: TestVoice) => readonly Audio[] {
  const cache = new Map<string, Audio>();
  return ({ name }) => {
    const others = voices.filter((each) => each.name !== name).slice(0, BABBLE_VOICE_COUNT);
    return (others.length > 0 ? others : voices).map((each) => {
      const sound = cache.get(each.name) ?? synthesizeChatter(each);
      cache.set(each.name, sound);
      return sound;
    });
  };
}
