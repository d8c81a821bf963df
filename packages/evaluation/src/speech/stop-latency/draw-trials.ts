import { Random } from '@praxis/core';
import type { Audio } from '@praxis/speech';
import { STOP_UTTERANCES } from '../phrases.ts';
import {
  babbleVoiceSelector,
  mixNoise,
  NOISES,
  type Noise,
  type NoiseCondition,
  speechEndS,
  synthesize,
} from '../sound.ts';
import type { TestVoice } from '../test-voices.ts';

/** Signal-to-noise ratios of the trials. */
export const NOISE_LEVELS = ['clean', '20 dB', '10 dB'] as const;
/** Signal-to-noise ratio of a stop word. */
export type NoiseLevel = (typeof NOISE_LEVELS)[number];

/** Cause of the arm's motion: the policy, or the command for a continuous motion. */
export type Mover = 'policy' | 'words';

/** A stop word during a motion of the arm. */
export interface StopTrial {
  /** Name of the voice. */
  readonly voice: string;
  readonly text: string;
  readonly noise: Noise | 'none';
  readonly mover: Mover;
  /** Direction of a continuous motion. */
  readonly direction: string;
  readonly sound: Audio;
  /** End of the word from the beginning of the sound (s). */
  readonly end: number;
  /** Time from the command that starts the motion to the end of the word (s). */
  readonly moving: number;
}

/** The stop words alone: words before the stop word could contain another one. */
const STOP_WORD_TEXTS = STOP_UTTERANCES.filter((text) => !text.includes(' '));
const DIRECTIONS = ['left', 'right', 'up', 'forward'];
/** Range of {@link StopTrial.moving}: a continuous motion at full speed ends by itself after 1.7 s; a policy moves for longer. */
const MOTION_TIME_S: Readonly<Record<Mover, readonly [number, number]>> = { words: [0.7, 1.2], policy: [0.8, 2.2] };

/** Returns a function that draws a trial. Trials of one index have the same voice, word and motion at every noise level. */
export function stopTrialDrawer(
  testVoices: readonly TestVoice[],
  seed: number,
  babbleVoices: readonly TestVoice[] = testVoices,
): (index: number, loudness: NoiseLevel) => StopTrial {
  const selectBabbleVoices = babbleVoiceSelector(babbleVoices);
  return (index, loudness) => {
    const random = new Random(seed + index, 'stop trial');
    const voiceIndex = index % testVoices.length;
    const mover = random.pick<Mover>(['policy', 'words']);
    const text = random.pick(STOP_WORD_TEXTS);
    const noise = random.pick([...NOISES]);
    const direction = random.pick(DIRECTIONS);
    const moving = random.uniform(...MOTION_TIME_S[mover]);
    const clean = synthesize(testVoices[voiceIndex], text, random.uniform(0.9, 1.2));
    const others = selectBabbleVoices(testVoices[voiceIndex]);
    const condition = conditionOf(loudness, noise);
    return {
      voice: testVoices[voiceIndex].name,
      text,
      noise: condition.noise,
      mover,
      direction,
      sound: mixNoise(clean, condition, others, new Random(seed + index, loudness)),
      end: speechEndS(clean),
      moving,
    };
  };
}

const conditionOf = (loudness: NoiseLevel, noise: Noise): NoiseCondition =>
  loudness === 'clean' ? { noise: 'none' } : { noise, decibels: Number.parseInt(loudness, 10) };
