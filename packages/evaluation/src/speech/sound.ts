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

export const NOISES = ['pink', 'motor', 'babble'] as const;
export type Noise = (typeof NOISES)[number];

/** Sound around what is said: nothing, or a noise that lies so many decibels below the speech. */
export type NoiseCondition = { readonly noise: 'none' } | { readonly noise: Noise; readonly decibels: number };

/** Silence before somebody speaks up in a room, and after (s). */
export const PAUSE_S = 0.5;

/** 16 kHz, with a pause before and after. */
export function padWithSilence({ samples }: Audio): Audio {
  const pause = new Float32Array(PAUSE_S * SPEECH_SAMPLE_RATE_HZ);
  return { samples: concatenate([pause, samples, pause]), rate: SPEECH_SAMPLE_RATE_HZ };
}

/** Several voices at once, each as loud as the next. @param voices what each says, 16 kHz; begins again when it is over */
export function babbleNoise(voices: readonly Audio[], length: number, random: Random): Audio {
  const samples = new Float32Array(length);
  for (const { samples: voice } of voices) {
    const from = Math.floor(random.uniform(0, voice.length));
    const level = 0.1 / Math.max(rms(voice), 1e-6);
    for (let i = 0; i < length; i++) samples[i] += level * voice[(from + i) % voice.length];
  }
  return { samples, rate: SPEECH_SAMPLE_RATE_HZ };
}

/** @param speech with silence around it: the ratio is that of what is said, pauses left out, to the noise. */
export function mixNoise(speech: Audio, condition: NoiseCondition, voices: readonly Audio[], random: Random): Audio {
  if (condition.noise === 'none') return speech;
  const { length } = speech.samples;
  const noise =
    condition.noise === 'babble'
      ? babbleNoise(voices, length, random)
      : (condition.noise === 'pink' ? pinkNoise : motorNoise)(length, SPEECH_SAMPLE_RATE_HZ, random);
  // Silence around the speech lowers its level by what it is longer.
  const talking = speech.samples.length - 2 * PAUSE_S * SPEECH_SAMPLE_RATE_HZ;
  return mixAtSnr(speech, noise, condition.decibels - 10 * Math.log10(length / talking));
}

/** Where the speech in a clean sound ends (s): the last 10 ms that are not 40 dB below the loudest. */
export function speechEndS({ samples, rate }: Audio): number {
  const frame = rate / 100;
  const levels: number[] = [];
  for (let at = 0; at + frame <= samples.length; at += frame) levels.push(rms(samples.subarray(at, at + frame)));
  const floor = Math.max(...levels) / 100;
  return (levels.findLastIndex((level) => level > floor) + 1) / 100;
}

/** Somebody says something in a quiet room. @param stretch duration of every sound, 1 is as usual */
export const synthesize = (voice: TestVoice, text: string, stretch: number): Audio =>
  padWithSilence(resample(voice.synthesize(text, stretch), SPEECH_SAMPLE_RATE_HZ));

/** What somebody says in the background without a pause: a voice of babble. */
export const synthesizeChatter = (voice: TestVoice): Audio =>
  resample(voice.synthesize(CHATTER.slice(0, 6).join(', '), 1), SPEECH_SAMPLE_RATE_HZ);

/** Voices of babble: more are a murmur, in which nobody stands out; one alone would be somebody else who speaks to the robot. */
const BABBLE_VOICE_COUNT = 6;

/** Who talks in the background of whom: some of the crowd, himself left out. */
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
