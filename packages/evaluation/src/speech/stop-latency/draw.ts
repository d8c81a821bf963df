import { Random } from '@praxis/core';
import type { Audio } from '@praxis/speech';
import { STOPS } from '../phrases.ts';
import { type Condition, endOfSpeech, murmuring, NOISES, type Noise, saying, under } from '../sound.ts';
import type { Speaker } from '../speakers.ts';

export const LOUDNESS = ['clean', '20 dB', '10 dB'] as const;
/** Of noise under what is said. */
export type Loudness = (typeof LOUDNESS)[number];

/** What moves the arm: the policy, or a spoken motion until told otherwise. */
export type Mover = 'policy' | 'words';

/** Somebody says a stop word while the arm moves. */
export interface Trial {
  readonly speaker: string;
  readonly text: string;
  readonly noise: Noise | 'none';
  readonly mover: Mover;
  /** Motion by words: which way. */
  readonly way: string;
  readonly sound: Audio;
  /** Of the word, from the beginning of the sound (s). */
  readonly end: number;
  /** From the command that makes the arm move to the end of the word (s). */
  readonly moving: number;
}

/** The word alone: what is said before it may hold another one. */
const WORDS = STOPS.filter((text) => !text.includes(' '));
const WAYS = ['left', 'right', 'up', 'forward'];
/** At full speed a motion until told otherwise ends by itself after 1.7 s; a policy is on its way for longer. */
const MOVING: Readonly<Record<Mover, readonly [number, number]>> = { words: [0.7, 1.2], policy: [0.8, 2.2] };

/** Draws trials; the same number is the same person, word and motion in every noise. */
export function drawingTrials(
  speakers: readonly Speaker[],
  seed: number,
  crowd: readonly Speaker[] = speakers,
): (index: number, loudness: Loudness) => Trial {
  const murmur = murmuring(crowd);
  return (index, loudness) => {
    const random = new Random(seed + index, 'stop trial');
    const voice = index % speakers.length;
    const mover = random.pick<Mover>(['policy', 'words']);
    const text = random.pick(WORDS);
    const noise = random.pick([...NOISES]);
    const way = random.pick(WAYS);
    const moving = random.uniform(...MOVING[mover]);
    const clean = saying(speakers[voice], text, random.uniform(0.9, 1.2));
    const others = murmur(speakers[voice]);
    const condition = conditionOf(loudness, noise);
    return {
      speaker: speakers[voice].name,
      text,
      noise: condition.noise,
      mover,
      way,
      sound: under(clean, condition, others, new Random(seed + index, loudness)),
      end: endOfSpeech(clean),
      moving,
    };
  };
}

const conditionOf = (loudness: Loudness, noise: Noise): Condition =>
  loudness === 'clean' ? { noise: 'none' } : { noise, decibels: Number.parseInt(loudness, 10) };
