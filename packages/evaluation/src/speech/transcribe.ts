import { InputError, SimulatedClock } from '@praxis/core';
import { type Audio, durationS } from '@praxis/speech';
import { openListener } from '@praxis/speech/node';
import { type Intent, Language, WakeWindow } from '@praxis/teleop';
import { commandGrammar } from '@praxis/teleop/node';
import type { StudyOptions } from './study.ts';
import { createTranscriber, intentOf, requireRecogniser } from './transcriber.ts';

/** The longest sound that is transcribed at once (s). */
const LONGEST_S = 120;

/** What is said in a sound; times in seconds from its beginning. */
export interface Transcription {
  readonly text: string;
  readonly intent: Intent;
  /** Of the surest utterance, 0..1. */
  readonly confidence: number;
  /** Length of the sound (s). */
  readonly audio_s: number;
  /** Wall time of listening to it (s). */
  readonly compute_s: number;
  readonly stop_words: readonly { readonly word: string; readonly end_s: number; readonly detected_s: number }[];
}

/**
 * Listens to a sound as the robot does.
 * @param name of the sound in errors
 * @throws {InputError} for a sound of no length or above two minutes, or without a recogniser
 */
export async function transcribe(
  audio: Audio,
  name: string,
  { extension, model }: Omit<StudyOptions, 'startProgress'>,
): Promise<Transcription> {
  const audio_s = durationS(audio);
  if (audio_s === 0 || audio_s > LONGEST_S) {
    throw new InputError(`${name}: ${audio_s.toFixed(1)} s of sound, expected some, ${LONGEST_S} s at most`);
  }
  const language = new Language(extension);
  const wakeWindow = language.wakeWord && new WakeWindow(language.wakeWord);
  const clock = new SimulatedClock();
  const listener = await openListener(clock, commandGrammar(extension), { model, attentionGate: wakeWindow });
  try {
    const transcribe = createTranscriber(listener, clock);
    await requireRecogniser(listener);
    const began = performance.now();
    const output = await transcribe(audio);
    const compute_s = (performance.now() - began) / 1000;
    await requireRecogniser(listener);
    const { utterances, stops } = output;
    return {
      text: utterances.map((each) => each.text).join(' '),
      intent: intentOf(output, language),
      confidence: Math.max(0, ...utterances.map((each) => each.confidence)),
      audio_s,
      compute_s,
      stop_words: stops.map(({ word, end, detected }) => ({ word, end_s: end, detected_s: detected })),
    };
  } finally {
    await listener.close();
  }
}
