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
import { type ClipResult, scoreClip } from './judge.ts';

/**
 * Plays recordings of people to the whole listener.
 * @param folder with NAME.wav and what is said in NAME.txt, or in subfolders that are named by it
 * @returns what became of each recording, by name
 * @throws {InputError} on a folder without recordings, or without a recogniser
 */
export async function studyClips(folder: string, options: StudyOptions): Promise<readonly ClipResult[]> {
  const { extension, model, startProgress = NO_PROGRESS } = options;
  const clips = readClips(folder);
  const language = new Language(extension);
  const clock = new SimulatedClock();
  const listener = await openListener(clock, commandGrammar(extension), { model });
  const bar = startProgress('voice clips', clips.length);
  const judged: ClipResult[] = [];
  try {
    const hear = createTranscriber(listener, clock);
    await requireRecogniser(listener);
    for (const clip of clips) {
      // A recording is cut close; a microphone hears the room before and after.
      const heard = await hear(padWithSilence(resample(clip.audio, SPEECH_SAMPLE_RATE_HZ)));
      judged.push(scoreClip(clip, heard, language));
      bar.step(clip.name);
    }
  } finally {
    bar.stop();
    await listener.close();
  }
  return judged;
}
