import { Random } from '@praxis/core';
import type { Audio } from '@praxis/speech';
import type { Language } from '@praxis/teleop';
import { babbleVoiceSelector, mixNoise, NOISES, type Noise, synthesize } from '../sound.ts';
import type { TestVoice } from '../test-voices.ts';
import { intentOf, type ListenerOutput } from '../transcriber.ts';

/** Number of attempts: like a person, the voice repeats a rejected instruction once. */
const MAX_ATTEMPTS = 2;

/** A spoken instruction and the command that the robot understood. */
export interface SpokenInstruction {
  /** Name of the voice. */
  readonly voice: string;
  readonly noise: Noise;
  /** Recognised text of each attempt. */
  readonly recognisedTexts: readonly string[];
  readonly understood:
    | { readonly kind: 'instruction'; readonly text: string }
    /** Another kind of command: the arm does something else. */
    | { readonly kind: 'other command'; readonly command: string }
    /** A false stop. */
    | { readonly kind: 'stop'; readonly word: string }
    /** No attempt was accepted. */
    | { readonly kind: 'rejected' };
}

/** Voices, noise and listener of {@link synthesizeInstructions}. */
export interface SpokenTrialSetup {
  readonly language: Language;
  readonly voices: readonly TestVoice[];
  /** Voices of the babble. Default: `voices`. */
  readonly babbleVoices?: readonly TestVoice[];
  /** Signal-to-noise ratio (dB). */
  readonly decibels: number;
  readonly transcribe: (sound: Audio) => Promise<ListenerOutput>;
}

/** A text that a voice speaks in a noise, up to {@link MAX_ATTEMPTS} times. */
export interface SpokenText {
  /** Name of the voice. */
  readonly voice: string;
  readonly noise: Noise;
  /** What the listener makes of each attempt; the text is spoken again each time that the caller goes on. */
  readonly attempts: AsyncIterable<ListenerOutput>;
}

/** Returns a function that speaks a text to the listener. The seed determines voice, noise and speed. */
export function synthesizeTexts(
  room: Omit<SpokenTrialSetup, 'language'>,
): (written: string, seed: number) => SpokenText {
  const { voices, decibels, transcribe } = room;
  const selectBabbleVoices = babbleVoiceSelector(room.babbleVoices ?? voices);
  return (written, seed) => {
    const noise = NOISES[seed % NOISES.length];
    const voice = voices[Math.floor(seed / NOISES.length) % voices.length];
    async function* attempts(): AsyncIterable<ListenerOutput> {
      const others = selectBabbleVoices(voice);
      const random = new Random(seed, 'spoken instruction');
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
        const clean = synthesize(voice, written, random.uniform(0.9, 1.2));
        yield await transcribe(mixNoise(clean, { noise, decibels }, others, random));
      }
    }
    return { voice: voice.name, noise, attempts: attempts() };
  };
}

/** What was recognised in a sound: the texts of its utterances. */
export const recognisedText = ({ utterances }: ListenerOutput): string =>
  utterances.map(({ text }) => text).join(' | ');

/** Returns a function that speaks an instruction to the listener. The seed determines voice, noise and speed. */
export function synthesizeInstructions(
  room: SpokenTrialSetup,
): (written: string, seed: number) => Promise<SpokenInstruction> {
  const speak = synthesizeTexts(room);
  return async (written, seed) => {
    const { voice, noise, attempts } = speak(written, seed);
    const recognisedTexts: string[] = [];
    const spoken = (understood: SpokenInstruction['understood']) => ({ voice, noise, recognisedTexts, understood });
    for await (const all of attempts) {
      recognisedTexts.push(recognisedText(all));
      const intent = intentOf(all, room.language);
      if (intent.kind === 'stop') return spoken({ kind: 'stop', word: intent.word });
      if (intent.kind === 'instruct') return spoken({ kind: 'instruction', text: intent.text });
      if (intent.kind !== 'unknown') return spoken({ kind: 'other command', command: intent.kind });
    }
    return spoken({ kind: 'rejected' });
  };
}
