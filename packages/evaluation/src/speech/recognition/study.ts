import { SimulatedClock } from '@praxis/core';
import type { Audio } from '@praxis/speech';
import { openListener } from '@praxis/speech/node';
import { Language } from '@praxis/teleop';
import { commandGrammar } from '@praxis/teleop/node';
import { TallyStore } from '../../files/tally-store.ts';
import { NO_PROGRESS } from '../../workers/progress.ts';
import { cpuSeconds, type ResumableStudy, type StudyOptions } from '../study.ts';
import { findBabbleVoices, type TestVoice } from '../test-voices.ts';
import { createTranscriber, type ListenerOutput, requireRecogniser } from '../transcriber.ts';
import { measureRecognition, type RecognitionReport, type RecognitionTally, recognitionStepCount } from './measure.ts';

/** Options of {@link studyRecognition}. */
export interface RecognitionStudyOptions extends StudyOptions, ResumableStudy {
  readonly voices: readonly TestVoice[];
  /** Number of wordings of each row of the command table. */
  readonly wordingsPerRow: number;
  /** Seed of wordings, speeds and noises. */
  readonly seed: number;
  /** Directory of the policy that `extension` belongs to. Stored results belong to one policy. */
  readonly policy?: string;
}

/** Results of {@link studyRecognition}. */
export interface RecognitionStudyReport extends RecognitionReport {
  /** CPU time of the recognition divided by the duration of the sound. */
  readonly realTimeFactor: number;
}

/**
 * Plays commands, chatter and stop words, in many voices and noises, to the complete listener and counts the correct results.
 * @throws {InputError} without a recogniser, or when the stored results belong to another measurement
 */
export async function studyRecognition(options: RecognitionStudyOptions): Promise<RecognitionStudyReport> {
  const { extension, model, voices, wordingsPerRow, seed, policy, resume, startProgress = NO_PROGRESS } = options;
  const clock = new SimulatedClock();
  const listener = await openListener(clock, commandGrammar(extension), { model });
  const bar = startProgress('voice test', recognitionStepCount(voices));
  try {
    const listen = createTranscriber(listener, clock);
    await requireRecogniser(listener);
    let compute = 0;
    const transcribe = async (sound: Audio): Promise<ListenerOutput> => {
      const { result: output, seconds } = await cpuSeconds(() => listen(sound));
      compute += seconds;
      // A sherpa-onnx model computes in another process, on one thread: its wall time is its CPU time.
      if (model !== undefined) for (const utterance of output.utterances) compute += utterance.compute;
      return output;
    };
    const identity = { each: wordingsPerRow, seed, policy, model, voices: voices.map(({ name }) => name) };
    const checkpoint = new TallyStore<RecognitionTally>(
      resume,
      { command: 'praxis voice test', identity },
      () => compute,
    );
    const report = await measureRecognition({
      language: new Language(extension),
      transcribe,
      voices,
      babbleVoices: await findBabbleVoices(),
      wordingsPerRow,
      seed,
      checkpoint,
      onStep: (done) => bar.step(done),
    });
    return { ...report, realTimeFactor: checkpoint.computeS / report.seconds };
  } finally {
    bar.stop();
    await listener.close();
  }
}
