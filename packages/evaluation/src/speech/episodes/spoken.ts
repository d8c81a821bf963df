import { Random } from '@praxis/core';
import type { Audio } from '@praxis/speech';
import type { Language } from '@praxis/teleop';
import { type Heard, intentOf } from '../hearing.ts';
import { murmuring, NOISES, type Noise, saying, under } from '../sound.ts';
import type { Speaker } from '../speakers.ts';

/** A person who was not understood says it once more. */
const ATTEMPTS = 2;

/** An instruction that was said aloud, and what the robot was told by it. */
export interface Spoken {
  readonly speaker: string;
  readonly noise: Noise;
  /** What was heard each time that it was said. */
  readonly heard: readonly string[];
  readonly understood:
    | { readonly kind: 'instruction'; readonly text: string }
    /** A command that is no instruction: the arm does something else. */
    | { readonly kind: 'other command'; readonly command: string }
    /** A stop word where none was said. */
    | { readonly kind: 'stop'; readonly word: string }
    /** Said twice, and both times no command to the robot. */
    | { readonly kind: 'rejected' };
}

export interface Room {
  readonly language: Language;
  readonly speakers: readonly Speaker[];
  /** Those who babble, when it is not the speakers themselves. */
  readonly crowd?: readonly Speaker[];
  /** dB, of speech over noise. */
  readonly decibels: number;
  /** Listens to a sound. */
  readonly hear: (sound: Audio) => Promise<Heard>;
}

/** Says instructions, each with one of the voices in one of the noises; the same ones for the same seed. */
export function sayingAloud(room: Room): (written: string, seed: number) => Promise<Spoken> {
  const { language, speakers, decibels, hear } = room;
  const murmur = murmuring(room.crowd ?? speakers);
  return async (written, seed) => {
    const noise = NOISES[seed % NOISES.length];
    const voice = Math.floor(seed / NOISES.length) % speakers.length;
    const others = murmur(speakers[voice]);
    const random = new Random(seed, 'spoken instruction');
    const heard: string[] = [];
    const spoken = (understood: Spoken['understood']) => ({ speaker: speakers[voice].name, noise, heard, understood });
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const clean = saying(speakers[voice], written, random.uniform(0.9, 1.2));
      const all = await hear(under(clean, { noise, decibels }, others, random));
      heard.push(all.utterances.map(({ text }) => text).join(' | '));
      const intent = intentOf(all, language);
      if (intent.kind === 'stop') return spoken({ kind: 'stop', word: intent.word });
      if (intent.kind === 'instruct') return spoken({ kind: 'instruction', text: intent.text });
      if (intent.kind !== 'unknown') return spoken({ kind: 'other command', command: intent.kind });
    }
    return spoken({ kind: 'rejected' });
  };
}
