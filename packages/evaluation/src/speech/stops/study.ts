import { SimulatedClock } from '@praxis/core';
import { type Audio, DEFAULT_THRESHOLDS, Listener, type StopEvent } from '@praxis/speech';
import { loadActivity, loadStopNetwork, PocketSphinx } from '@praxis/speech/node';
import { Language } from '@praxis/teleop';
import { commandGrammar } from '@praxis/teleop/node';
import { CountStore } from '../../files/counts.ts';
import { NO_PROGRESS } from '../../workers/progress.ts';
import { hearing, mustRun } from '../hearing.ts';
import { crowd, type Speaker } from '../speakers.ts';
import { cpuSeconds, type ResumableStudy, type StudyOptions } from '../study.ts';
import { measureStops, type StopReport, stopSteps } from './measure.ts';
import type { StopTally } from './tally.ts';

export interface StopStudyOptions extends Pick<StudyOptions, 'startProgress'>, ResumableStudy {
  readonly speakers: readonly Speaker[];
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
  const { speakers, thresholds, quiet, seed, resume, startProgress = NO_PROGRESS } = options;
  const listeners = await Promise.all(thresholds.map(listenerWith));
  const bar = startProgress('voice stops', stopSteps(speakers));
  try {
    const plays = listeners.map(({ listener, clock }) => hearing(listener, clock));
    for (const { listener } of listeners) await mustRun(listener);
    let compute = 0;
    const hear = async (sound: Audio) => {
      const { result, seconds } = await cpuSeconds(async () => {
        const stops: (readonly StopEvent[])[] = [];
        for (const play of plays) stops.push((await play(sound)).stops);
        return stops;
      });
      compute += seconds;
      return result;
    };
    const identity = { thresholds, quiet, seed, voices: speakers.map(({ name }) => name) };
    const measurement = { command: 'praxis voice stops', identity };
    const kept = new CountStore<readonly StopTally[]>(resume, measurement, () => compute);
    const report = await measureStops({
      language: new Language(),
      thresholds,
      hear,
      speakers,
      crowd: await crowd(),
      seed,
      quiet,
      kept,
      onStep: (done) => bar.step(done),
    });
    return { ...report, realTimeFactor: kept.compute / report.seconds };
  } finally {
    bar.stop();
    for (const { listener } of listeners) await listener.close();
  }
}

async function listenerWith(threshold: number) {
  const clock = new SimulatedClock();
  const listener = new Listener({
    clock,
    activity: await loadActivity(),
    recogniser: () => PocketSphinx.start(commandGrammar()),
    stopSpotter: () => loadStopNetwork({ ...DEFAULT_THRESHOLDS, sure: threshold }),
  });
  return { listener, clock };
}
