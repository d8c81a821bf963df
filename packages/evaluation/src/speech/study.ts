import type { VocabularyExtension } from '@praxis/policy';
import type { StartProgress } from '../workers/progress.ts';

/** What every measurement of speech is told. */
export interface StudyOptions {
  /** What the policy adds to the command language. */
  readonly extension: VocabularyExtension;
  /** Directory of a speech model for sherpa-onnx that hears the commands; without one PocketSphinx does. */
  readonly model?: string;
  /** Default: no progress is reported. */
  readonly startProgress?: StartProgress;
}

/** A measurement that may be interrupted. */
export interface ResumableStudy {
  /** File that keeps what is done; a run goes on with it. Without one it is in memory alone. */
  readonly resume?: string;
}

/** CPU seconds that a call takes, on all threads. */
export async function cpuSeconds<T>(call: () => Promise<T>): Promise<{ readonly result: T; readonly seconds: number }> {
  const before = process.cpuUsage();
  const result = await call();
  const { user, system } = process.cpuUsage(before);
  return { result, seconds: (user + system) / 1e6 };
}
