import { Random } from '@praxis/core';
import type { Audio } from '@praxis/speech';
import type { Language } from '@praxis/teleop';
import { babbleVoiceSelector, mixNoise, NOISES, type Noise, synthesize } from '../sound.ts';
import type { TestVoice } from '../test-voices.ts';
import { intentOf, type ListenerOutput } from '../transcriber.ts';

/** A person who was not understood says it once more. */
const MAX_ATTEMPTS = 2;

/** An instruction that was said aloud, and what the robot was told by it. */
export interface SpokenInstruction {
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

export interface SpokenTrialSetup {
  readonly language: Language;
  readonly voices: readonly TestVoice[];
  /** Those who babble, when it is not the speakers themselves. */
  readonly babbleVoices?: readonly TestVoice[];
  /** dB, of speech over noise. */
  readonly decibels: number;
  /** Listens to a sound. */
  readonly transcribe: (sound: Audio) => Promise<ListenerOutput>;
}

/** Says instructions, each with one of the voices in one of the noises; the same ones for the same seed. */
export function synthesizeInstructions(
  room: SpokenTrialSetup,
): (written: string, seed: number) => Promise<SpokenInstruction> {
  const { language, voices, decibels, transcribe } = room;
  const selectBabbleVoices = babbleVoiceSelector(room.babbleVoices ?? voices);
  return async (written, seed) => {
    const noise = NOISES[seed % NOISES.length];
    const voiceIndex = Math.floor(seed / NOISES.length) % voices.length;
    const others = selectBabbleVoices(voices[voiceIndex]);
    const random = new Random(seed, 'spoken instruction');
    const heard: string[] = [];
    const spoken = (understood: SpokenInstruction['understood']) => ({
      speaker: voices[voiceIndex].name,
      noise,
      heard,
      understood,
    });
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const clean = synthesize(voices[voiceIndex], written, random.uniform(0.9, 1.2));
      const all = await transcribe(mixNoise(clean, { noise, decibels }, others, random));
      heard.push(all.utterances.map(({ text }) => text).join(' | '));
      const intent = intentOf(all, language);
      if (intent.kind === 'stop') return spoken({ kind: 'stop', word: intent.word });
      if (intent.kind === 'instruct') return spoken({ kind: 'instruction', text: intent.text });
      if (intent.kind !== 'unknown') return spoken({ kind: 'other command', command: intent.kind });
    }
    return spoken({ kind: 'rejected' });
  };
}
