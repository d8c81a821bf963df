import type { EpisodeJob, EpisodeOutcome, EvaluationSetup } from '../episodes/outcome.ts';
import type { SupervisedOutcome } from '../evaluate/safety-report.ts';
import type { ResultStore } from '../files/result-store.ts';
import type { StartProgress } from '../workers/progress.ts';
import { runInWorkers } from '../workers/run.ts';
import { measureWall, type WallFault } from './wall-clock.ts';

/** The row of episodes in which nothing goes wrong. */
export const NO_FAULT = 'none';
/** Under which a fault is kept that happened against the wall clock. */
export const wallClockName = (fault: WallFault): string => `wall ${fault}`;

/** A scene in which every fault happens once. */
export interface MatrixCell {
  readonly task: string;
  readonly seed: number;
}

/** Under which an outcome is kept. @param row a fault, {@link NO_FAULT} or a {@link wallClockName} */
export const keyOf = (row: string, { task, seed }: MatrixCell): string => `${row} ${task} ${seed}`;

interface Collection {
  /** One of them for each row. */
  readonly cells: readonly MatrixCell[];
  readonly store: ResultStore<SupervisedOutcome>;
  /** Directory of the policy. */
  readonly policy: string;
  readonly signal: AbortSignal;
  readonly startProgress: StartProgress;
}

/** Every fault in every cell, in lock step, in worker processes; what the store has already is not done again. */
export async function collect(
  options: Collection & { readonly faults: readonly string[]; readonly workers: number },
): Promise<void> {
  const { faults, cells, store, policy, workers, signal, startProgress } = options;
  const wanted = faults.flatMap((fault) => cells.map((cell) => ({ fault, ...cell })));
  const missing = wanted.filter(({ fault, ...cell }) => !store.get(keyOf(fault, cell)));
  const bar = startProgress('faults', wanted.length, wanted.length - missing.length);
  await runInWorkers<EvaluationSetup, EpisodeJob, EpisodeOutcome>({
    module: new URL('../episodes/worker.ts', import.meta.url),
    setup: { policy, mask: [], swap: false, safety: 'on', episodes: missing.length },
    jobs: missing.map(({ fault, ...cell }) => (fault === NO_FAULT ? cell : { ...cell, fault })),
    workers,
    signal,
    onResult(outcome, { fault = NO_FAULT }) {
      store.set(keyOf(fault, outcome), toSupervisedOutcome(outcome));
      bar.step(fault);
    },
  }).finally(() => bar.stop());
}

/** The faults that happen for real, one after the other: they need the machine for themselves. */
export async function collectWall(options: Collection & { readonly faults: readonly WallFault[] }): Promise<void> {
  const { faults, cells, store, policy, signal, startProgress } = options;
  const wanted = faults.flatMap((fault) => cells.map((cell) => ({ fault, ...cell })));
  const missing = wanted.filter(({ fault, ...cell }) => !store.get(keyOf(wallClockName(fault), cell)));
  if (missing.length === 0) return;
  const bar = startProgress('against the wall clock', wanted.length, wanted.length - missing.length);
  try {
    for (const job of missing) {
      if (signal.aborted) return;
      store.set(keyOf(wallClockName(job.fault), job), await measureWall({ ...job, policy }));
      bar.step(job.fault);
    }
  } finally {
    bar.stop();
  }
}

const toSupervisedOutcome = ({
  task,
  seed,
  success,
  safety,
  fault,
  unsupervised,
}: EpisodeOutcome): SupervisedOutcome => ({
  task,
  seed,
  success,
  safety: safety && { ...safety, events: [] },
  fault,
  unsupervised,
});
