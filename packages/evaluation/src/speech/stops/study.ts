import { SimulatedClock } from '@praxis/core';
import { type Audio, DEFAULT_STOP_THRESHOLDS, Listener, type StopEvent } from '@praxis/speech';
import { loadStopNetwork, loadVad, PocketSphinx } from '@praxis/speech/node';
import { Language } from '@praxis/teleop';
import { commandGrammar } from '@praxis/teleop/node';
import { TallyStore } from '../../files/tally-store.ts';
import { NO_PROGRESS } from '../../workers/progress.ts';
import { cpuSeconds, type ResumableStudy, type StudyOptions } from '../study.ts';
import { findBabbleVoices, type TestVoice } from '../test-voices.ts';
import { createTranscriber, requireRecogniser } from '../transcriber.ts';
import { measureStops, type StopReport, stopStepCount } from './measure.ts';
import type { StopTally } from './tally.ts';

/** Version of the stored results. A file of another version is rejected. */
const RESULTS_VERSION = 2;

/** Options of {@link studyStops}. */
export interface StopStudyOptions extends Pick<StudyOptions, 'startProgress'>, ResumableStudy {
  readonly voices: readonly TestVoice[];
  /** Scores of the networks above which a detection stops the arm at once, 0..1. */
  readonly thresholds: readonly number[];
  /** Duration of the motor sound and of the silence (s each). */
  readonly backgroundS: number;
  /** Seed of speeds and noises. */
  readonly seed: number;
}

/** Results of {@link studyStops}. */
export interface StopStudyReport extends StopReport {
  /** CPU time of the recognition, once with each threshold, divided by the duration of the sound. */
  readonly realTimeFactor: number;
}

/**
 * Counts missed stop words and false stops at several thresholds.
 * @throws {InputError} without PocketSphinx, or when the stored results belong to another measurement
 */
export async function studyStops(options: StopStudyOptions): Promise<StopStudyReport> {
  const { voices, thresholds, backgroundS, seed, resume, startProgress = NO_PROGRESS } = options;
  const listeners = await Promise.all(thresholds.map(openListenerWith));
  const bar = startProgress('voice stops', stopStepCount(voices));
  try {
    const transcribers = listeners.map(({ listener, clock }) => createTranscriber(listener, clock));
    for (const { listener } of listeners) await requireRecogniser(listener);
    let compute = 0;
    const detectStops = async (sound: Audio) => {
      const { result, seconds } = await cpuSeconds(async () => {
        const stops: (readonly StopEvent[])[] = [];
        for (const transcribe of transcribers) stops.push((await transcribe(sound)).stops);
        return stops;
      });
      compute += seconds;
      return result;
    };
    const identity = {
      results: RESULTS_VERSION,
      thresholds,
      quiet: backgroundS,
      seed,
      voices: voices.map(({ name }) => name),
    };
    const measurement = { command: 'praxis voice stops', identity };
    const checkpoint = new TallyStore<readonly StopTally[]>(resume, measurement, () => compute);
    const report = await measureStops({
      language: new Language(),
      thresholds,
      detectStops,
      voices,
      babbleVoices: await findBabbleVoices(),
      seed,
      backgroundS,
      checkpoint,
      onStep: (done) => bar.step(done),
    });
    return { ...report, realTimeFactor: checkpoint.computeS / report.seconds };
  } finally {
    bar.stop();
    for (const { listener } of listeners) await listener.close();
  }
}

async function openListenerWith(threshold: number) {
  const clock = new SimulatedClock();
  const listener = new Listener({
    clock,
    vad: await loadVad(),
    recogniser: () => PocketSphinx.start(commandGrammar()),
    stopSpotter: () => loadStopNetwork({ ...DEFAULT_STOP_THRESHOLDS, high: threshold }),
  });
  return { listener, clock };
}
