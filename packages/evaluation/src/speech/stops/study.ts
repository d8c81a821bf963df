import { SimulatedClock } from '@praxis/core';
import { type Audio, DEFAULT_STOP_THRESHOLDS, Listener, type StopEvent } from '@praxis/speech';
import { loadStopNetwork, loadVad, PocketSphinx } from '@praxis/speech/node';
import { Language } from '@praxis/teleop';
import { commandGrammar } from '@praxis/teleop/node';
import { CountStore } from '../../files/counts.ts';
import { NO_PROGRESS } from '../../workers/progress.ts';
import { cpuSeconds, type ResumableStudy, type StudyOptions } from '../study.ts';
import { findBabbleVoices, type TestVoice } from '../test-voices.ts';
import { createTranscriber, requireRecogniser } from '../transcriber.ts';
import { measureStops, type StopReport, stopStepCount } from './measure.ts';
import type { StopTally } from './tally.ts';

export interface StopStudyOptions extends Pick<StudyOptions, 'startProgress'>, ResumableStudy {
  readonly speakers: readonly TestVoice[];
  /** How sure the networks have to be for a stop at once, 0..1 each. */
  readonly thresholds: readonly number[];
  /** Of a motor, and of silence (s each). */
  readonly quiet: number;
  /** Which speeds and noises. */
  readonly seed: number;
}

export interface StopStudy extends StopReport {
  /** CPU time of listening, once with each threshold, over the length of the sound. */
  readonly realTimeFactor: number;
}

/**
 * Counts how many stop words are missed, and how many are heard where none is, at several thresholds.
 * @throws {InputError} without PocketSphinx, or when the kept counts are of another measurement
 */
export async function studyStops(options: StopStudyOptions): Promise<StopStudy> {
  const { speakers: testVoices, thresholds, quiet: backgroundS, seed, resume, startProgress = NO_PROGRESS } = options;
  const listeners = await Promise.all(thresholds.map(openListenerWith));
  const bar = startProgress('voice stops', stopStepCount(testVoices));
  try {
    const plays = listeners.map(({ listener, clock }) => createTranscriber(listener, clock));
    for (const { listener } of listeners) await requireRecogniser(listener);
    let compute = 0;
    const detectStops = async (sound: Audio) => {
      const { result, seconds } = await cpuSeconds(async () => {
        const stops: (readonly StopEvent[])[] = [];
        for (const play of plays) stops.push((await play(sound)).stops);
        return stops;
      });
      compute += seconds;
      return result;
    };
    const identity = { thresholds, quiet: backgroundS, seed, voices: testVoices.map(({ name }) => name) };
    const measurement = { command: 'praxis voice stops', identity };
    const checkpoint = new CountStore<readonly StopTally[]>(resume, measurement, () => compute);
    const report = await measureStops({
      language: new Language(),
      thresholds,
      detectStops,
      voices: testVoices,
      babbleVoices: await findBabbleVoices(),
      seed,
      backgroundS,
      checkpoint,
      onStep: (done) => bar.step(done),
    });
    return { ...report, realTimeFactor: checkpoint.compute / report.seconds };
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
