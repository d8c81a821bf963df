import { SimulatedClock } from '@praxis/core';
import { pick } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { FIRST_REPORT_SEED } from '@praxis/sim/seeds';
import { openListener } from '@praxis/speech/node';
import { Language } from '@praxis/teleop';
import { commandGrammar } from '@praxis/teleop/node';
import { openDriver } from '../../episodes/driver.ts';
import { ResultStore } from '../../files/result-store.ts';
import { policyIdentity, policySource } from '../../project/policy-source.ts';
import { loadProject } from '../../project/project.ts';
import { DrivenArm } from '../../teleoperation/driven-arm.ts';
import { NO_PROGRESS } from '../../workers/progress.ts';
import type { ResumableStudy, StudyOptions } from '../study.ts';
import { findBabbleVoices, type TestVoice } from '../test-voices.ts';
import { requireRecogniser } from '../transcriber.ts';
import { NOISE_LEVELS, stopTrialDrawer } from './draw-trials.ts';
import { SimulatedMicrophone } from './microphone.ts';
import { type CompletedTrial, type LatencyRow, latencyRows } from './report.ts';
import { runStopTrial } from './trial.ts';

/** Version of the stored results. A file of another version is rejected. */
const RESULTS_VERSION = 2;

/** Options of {@link studyStopLatency}. */
export interface StopLatencyOptions extends StudyOptions, ResumableStudy {
  /** Number of stop words; each is measured at every noise level. */
  readonly trials: number;
  /** Seed of words, voices, motions and noises. */
  readonly seed: number;
  /** Directory of the policy that moves the arm in half of the trials. */
  readonly policy: string;
  readonly voices: readonly TestVoice[];
  /** Ends the measurement early. */
  readonly signal: AbortSignal;
}

/**
 * Measures the time from the end of a stop word to rest of the simulated arm.
 * @returns undefined when it was ended early; finished trials stay in the `resume` file
 * @throws {InputError} without a recogniser, or when the stored results belong to another measurement; {PolicyError} when the policy
 * does not load
 */
export async function studyStopLatency(options: StopLatencyOptions): Promise<readonly LatencyRow[] | undefined> {
  const { trials, seed, policy, extension, model, voices, signal, resume, startProgress = NO_PROGRESS } = options;
  const source = policySource(policy, await loadProject());
  const identity = {
    results: RESULTS_VERSION,
    seed,
    ...(await policyIdentity(source)),
    model,
    voices: voices.map(({ name }) => name),
  };
  const done = new ResultStore<CompletedTrial>(resume, { command: 'praxis voice stop-latency', identity });
  const language = new Language(extension);
  const driver = await openDriver(source, []);
  const clock = new SimulatedClock();
  const listener = await openListener(clock, commandGrammar(extension), { model });

  const cells = Array.from({ length: trials }, (_, i) => NOISE_LEVELS.map((loudness) => ({ i, loudness }))).flat();
  const nameOf = ({ i, loudness }: (typeof cells)[number]): string => `${i} ${loudness}`;
  const missing = cells.filter((cell) => !done.get(nameOf(cell)));
  const bar = startProgress('stop trials', cells.length, cells.length - missing.length);
  try {
    const draw = stopTrialDrawer(voices, seed, await findBabbleVoices());
    const scene = { task: pick, urdf: armUrdf() };
    for (const cell of missing) {
      await requireRecogniser(listener);
      if (signal.aborted) return undefined;
      const { sound, ...trial } = draw(cell.i, cell.loudness);
      const microphone = new SimulatedMicrophone(listener, clock, sound);
      const arm = await DrivenArm.create({ ...driver, ...scene, seed: FIRST_REPORT_SEED + cell.i, language });
      const result = await runStopTrial(arm, trial, microphone).finally(() => arm.close());
      done.set(nameOf(cell), { ...trial, loudness: cell.loudness, result });
      bar.step(result.kind);
    }
  } finally {
    bar.stop();
    await listener.close();
  }
  return latencyRows(cells.map((cell) => done.get(nameOf(cell))!));
}
