import { moduleBeside } from '@praxis/core';
import type { EpisodeJob, EpisodeOutcome, EvaluationSetup } from '../episodes/outcome.ts';
import type { SupervisedOutcome } from '../evaluate/safety-report.ts';
import type { ResultStore } from '../files/result-store.ts';
import type { Project } from '../project/project.ts';
import type { StartProgress } from '../workers/progress.ts';
import { runInWorkers } from '../workers/run.ts';
import { measureWallClockFault, type WallClockFault } from './wall-clock.ts';

/** Name of the row of episodes without a fault. */
export const NO_FAULT = 'none';
/** Name under which the results of a wall-clock fault are stored. */
export const wallClockName = (fault: WallClockFault): string => `wall ${fault}`;

/** A task and seed: each fault is injected once into its episode. */
export interface MatrixCell {
  readonly task: string;
  readonly seed: number;
}

/** Key of an outcome in the store. @param row a fault, {@link NO_FAULT} or a {@link wallClockName} */
export const keyOf = (row: string, { task, seed }: MatrixCell): string => `${row} ${task} ${seed}`;

interface Collection {
  /** Episodes of each row. */
  readonly cells: readonly MatrixCell[];
  readonly store: ResultStore<SupervisedOutcome>;
  /** The policy and the configuration of the measurement. */
  readonly policy: string | undefined;
  /** Folder of the robot; undefined selects the Praxis arm. */
  readonly robot: string | undefined;
  readonly acceptRobot: string | undefined;
  readonly project: Project;
  readonly signal: AbortSignal;
  readonly startProgress: StartProgress;
}

/** Injects every fault into every cell, in lock step and in worker processes. Cells that the store holds are skipped. */
export async function collectSimulated(
  options: Collection & { readonly faults: readonly string[]; readonly workers: number },
): Promise<void> {
  const { faults, cells, store, policy, robot, acceptRobot, project, workers, signal, startProgress } = options;
  const wanted = faults.flatMap((fault) => cells.map((cell) => ({ fault, ...cell })));
  const missing = wanted.filter(({ fault, ...cell }) => !store.get(keyOf(fault, cell)));
  const bar = startProgress('faults', wanted.length, wanted.length - missing.length);
  await runInWorkers<EvaluationSetup, EpisodeJob, EpisodeOutcome>({
    module: moduleBeside('../episodes/worker', import.meta.url),
    setup: {
      ...{ policy, robot, acceptRobot, config: project.config, tasks: [...new Set(cells.map(({ task }) => task))] },
      ...{ mask: [], swap: false, safety: 'on', episodes: missing.length },
    },
    jobs: missing.map(({ fault, ...cell }) => (fault === NO_FAULT ? cell : { ...cell, fault })),
    workers,
    signal,
    onResult(outcome, { fault = NO_FAULT }) {
      store.set(keyOf(fault, outcome), toSupervisedOutcome(outcome));
      bar.step(fault);
    },
  }).finally(() => bar.stop());
}

/** Injects real faults, one after the other: a second load on the machine would change their times. */
export async function collectWallClock(
  options: Collection & { readonly faults: readonly WallClockFault[] },
): Promise<void> {
  const { faults, cells, store, policy, robot, acceptRobot, project, signal, startProgress } = options;
  const wanted = faults.flatMap((fault) => cells.map((cell) => ({ fault, ...cell })));
  const missing = wanted.filter(({ fault, ...cell }) => !store.get(keyOf(wallClockName(fault), cell)));
  if (missing.length === 0) return;
  const bar = startProgress('wall clock', wanted.length, wanted.length - missing.length);
  try {
    for (const job of missing) {
      if (signal.aborted) return;
      const outcome = await measureWallClockFault({ ...job, policy, robot, acceptRobot, project });
      store.set(keyOf(wallClockName(job.fault), job), outcome);
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
