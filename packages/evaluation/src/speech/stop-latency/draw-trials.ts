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

export const NOISE_LEVELS = ['clean', '20 dB', '10 dB'] as const;
/** Of noise under what is said. */
export type NoiseLevel = (typeof NOISE_LEVELS)[number];

/** What moves the arm: the policy, or a spoken motion until told otherwise. */
export type Mover = 'policy' | 'words';

/** Somebody says a stop word while the arm moves. */
export interface StopTrial {
  readonly speaker: string;
  readonly text: string;
  readonly noise: Noise | 'none';
  readonly mover: Mover;
  /** Motion by words: which way. */
  readonly direction: string;
  readonly sound: Audio;
  /** Of the word, from the beginning of the sound (s). */
  readonly end: number;
  /** From the command that makes the arm move to the end of the word (s). */
  readonly moving: number;
}

/** The word alone: what is said before it may hold another one. */
const STOP_WORD_TEXTS = STOP_UTTERANCES.filter((text) => !text.includes(' '));
const DIRECTIONS = ['left', 'right', 'up', 'forward'];
/** At full speed a motion until told otherwise ends by itself after 1.7 s; a policy is on its way for longer. */
const MOTION_TIME_S: Readonly<Record<Mover, readonly [number, number]>> = { words: [0.7, 1.2], policy: [0.8, 2.2] };

/** Draws trials; the same number is the same person, word and motion in every noise. */
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
      speaker: testVoices[voiceIndex].name,
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
