import { InputError, SimulatedClock } from '@praxis/core';
import { type Audio, durationS } from '@praxis/speech';
import { openListener } from '@praxis/speech/node';
import { type Intent, Language, WakeWindow } from '@praxis/teleop';
import { commandGrammar } from '@praxis/teleop/node';
import type { StudyOptions } from './study.ts';
import { createTranscriber, intentOf, requireRecogniser } from './transcriber.ts';

/** Longest sound that {@link transcribe} accepts (s). */
const MAX_AUDIO_S = 120;

/** Text and intent of a sound. Times are in seconds from its beginning. */
export interface Transcription {
  /** All utterances, separated by spaces. */
  readonly text: string;
  /** Intent of the last accepted utterance; a stop word has priority. */
  readonly intent: Intent;
  /** Confidence of the most confident utterance, 0..1. */
  readonly confidence: number;
  /** Duration of the sound (s). */
  readonly audio_s: number;
  /** Wall time of the recognition (s). */
  readonly compute_s: number;
  readonly stop_words: readonly { readonly word: string; readonly end_s: number; readonly detected_s: number }[];
}

/**
 * Transcribes a sound with the same listener that the robot uses.
 * @param name name of the sound for error messages
 * @throws {InputError} for an empty sound or one of more than two minutes, or without a recogniser
 */
export async function transcribe(
  audio: Audio,
  name: string,
  { extension, model }: Omit<StudyOptions, 'startProgress'>,
): Promise<Transcription> {
  const audio_s = durationS(audio);
  if (audio_s === 0 || audio_s > MAX_AUDIO_S) {
    throw new InputError(
      `${name}: ${audio_s.toFixed(1)} s of sound, expected more than 0 and at most ${MAX_AUDIO_S} s`,
    );
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
