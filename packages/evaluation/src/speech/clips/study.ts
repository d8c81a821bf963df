import { SimulatedClock } from '@praxis/core';
import { resample, SPEECH_SAMPLE_RATE_HZ } from '@praxis/speech';
import { openListener } from '@praxis/speech/node';
import { Language } from '@praxis/teleop';
import { commandGrammar } from '@praxis/teleop/node';
import { NO_PROGRESS } from '../../workers/progress.ts';
import { padWithSilence } from '../sound.ts';
import type { StudyOptions } from '../study.ts';
import { createTranscriber, requireRecogniser } from '../transcriber.ts';
import { readClips } from './files.ts';
import { type ClipResult, scoreClip } from './score-clip.ts';

/**
 * Plays recordings of people to the complete listener.
 * @param folder folder with NAME.wav and its transcript in NAME.txt, or with subfolders named by the transcript
 * @returns the result of each recording, sorted by name
 * @throws {InputError} for a folder without recordings, or without a recogniser
 */
export async function studyClips(folder: string, options: StudyOptions): Promise<readonly ClipResult[]> {
  const { extension, model, startProgress = NO_PROGRESS } = options;
  const clips = readClips(folder);
  const language = new Language(extension);
  const clock = new SimulatedClock();
  const listener = await openListener(clock, commandGrammar(extension), { model });
  const bar = startProgress('voice clips', clips.length);
  const results: ClipResult[] = [];
  try {
    const transcribe = createTranscriber(listener, clock);
    await requireRecogniser(listener);
    for (const clip of clips) {
      // A recording is cut at the speech; a microphone also records the room before and after it.
      const output = await transcribe(padWithSilence(resample(clip.audio, SPEECH_SAMPLE_RATE_HZ)));
      results.push(scoreClip(clip, output, language));
      bar.step(clip.name);
    }
  } finally {
    bar.stop();
    await listener.close();
  }
  return results;
}
