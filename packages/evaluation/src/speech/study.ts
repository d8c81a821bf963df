import type { VocabularyExtension } from '@praxis/policy';
import type { StartProgress } from '../workers/progress.ts';

/** Options of every speech measurement. */
export interface StudyOptions {
  /** Words and instructions that the policy adds to the command language. */
  readonly extension: VocabularyExtension;
  /** Directory of a sherpa-onnx model that recognises commands. Default: PocketSphinx recognises them. */
  readonly model?: string;
  /** Default: no progress is reported. */
  readonly startProgress?: StartProgress;
}

/** Options of a measurement that can be interrupted and resumed. */
export interface ResumableStudy {
  /** File that stores intermediate results; a later run resumes from it. Without a file they stay in memory. */
  readonly resume?: string;
}

/** Measures the CPU time of a call on all threads of this process (s). */
export async function cpuSeconds<T>(call: () => Promise<T>): Promise<{ readonly result: T; readonly seconds: number }> {
  const before = process.cpuUsage();
  const result = await call();
  const { user, system } = process.cpuUsage(before);
  return { result, seconds: (user + system) / 1e6 };
}
