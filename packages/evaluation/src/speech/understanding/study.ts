import { SimulatedClock } from '@praxis/core';
import type { Audio } from '@praxis/speech';
import { openListener } from '@praxis/speech/node';
import { Language } from '@praxis/teleop';
import { commandGrammar } from '@praxis/teleop/node';
import { CountStore } from '../../files/counts.ts';
import { NO_PROGRESS } from '../../workers/progress.ts';
import { cpuSeconds, type ResumableStudy, type StudyOptions } from '../study.ts';
import { findBabbleVoices, type TestVoice } from '../test-voices.ts';
import { createTranscriber, type ListenerOutput, requireRecogniser } from '../transcriber.ts';
import { measureRecognition, type RecognitionReport, type RecognitionTally, recognitionStepCount } from './measure.ts';

export interface UnderstandingOptions extends StudyOptions, ResumableStudy {
  readonly speakers: readonly TestVoice[];
  /** Wordings of each row of the command table. */
  readonly each: number;
  /** Which wordings, speeds and noises. */
  readonly seed: number;
  /** Named by what is kept: directory of the policy whose words count, where one was chosen. */
  readonly policy?: string;
}

export interface Understanding extends RecognitionReport {
  /** CPU time of listening over the length of the sound. */
  readonly realTimeFactor: number;
}

/**
 * Speaks commands, chatter and stop words in many voices and noises to the whole listener, and counts what is understood.
 * @throws {InputError} without a recogniser, or when the kept counts are of another measurement
 */
export async function studyUnderstanding(options: UnderstandingOptions): Promise<Understanding> {
  const { extension, model, speakers, each, seed, policy, resume, startProgress = NO_PROGRESS } = options;
  const clock = new SimulatedClock();
  const listener = await openListener(clock, commandGrammar(extension), { model });
  const bar = startProgress('voice test', recognitionStepCount(speakers));
  try {
    const play = createTranscriber(listener, clock);
    await requireRecogniser(listener);
    let compute = 0;
    const hear = async (sound: Audio): Promise<ListenerOutput> => {
      const { result: heard, seconds } = await cpuSeconds(() => play(sound));
      compute += seconds;
      // A model has a process of its own, with one thread: there its time counts.
      if (model !== undefined) for (const utterance of heard.utterances) compute += utterance.compute;
      return heard;
    };
    const identity = { each, seed, policy, model, voices: speakers.map(({ name }) => name) };
    const kept = new CountStore<RecognitionTally>(resume, { command: 'praxis voice test', identity }, () => compute);
    const report = await measureRecognition({
      language: new Language(extension),
      transcribe: hear,
      voices: speakers,
      babbleVoices: await findBabbleVoices(),
      wordingsPerRow: each,
      seed,
      checkpoint: kept,
      onStep: (done) => bar.step(done),
    });
    return { ...report, realTimeFactor: kept.compute / report.seconds };
  } finally {
    bar.stop();
    await listener.close();
  }
}
