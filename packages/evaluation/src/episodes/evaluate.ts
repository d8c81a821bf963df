import { runInWorkers } from '../workers/run.ts';
import type { EpisodeJob, EpisodeOutcome, EvaluationSetup } from './outcome.ts';

export interface Evaluation extends Omit<EvaluationSetup, 'episodes'> {
  readonly tasks: readonly string[];
  readonly seeds: readonly number[];
  /** Goes wrong in every episode: one of `FAULT_NAMES`. */
  readonly fault?: string;
  readonly workers: number;
  readonly signal: AbortSignal;
  onEpisode?(outcome: EpisodeOutcome): void;
}

export interface Evaluated {
  /** In order of task, then seed; fewer than asked for when the run was aborted. */
  readonly outcomes: readonly EpisodeOutcome[];
  readonly wallS: number;
  readonly partial: boolean;
}

/** Every seed on every task, in worker processes. @throws the first error of any worker. */
export async function evaluate(evaluation: Evaluation): Promise<Evaluated> {
  const { tasks, seeds, fault, workers, signal, policy, mask, swap, safety, onEpisode } = evaluation;
  const jobs: EpisodeJob[] = tasks.flatMap((task) => seeds.map((seed) => ({ task, seed, fault })));
  const began = performance.now();
  const results = await runInWorkers<EvaluationSetup, EpisodeJob, EpisodeOutcome>({
    module: new URL('./worker.ts', import.meta.url),
    setup: { policy, mask, swap, safety, episodes: jobs.length },
    jobs,
    workers,
    signal,
    onResult: onEpisode,
  });
  const outcomes = results.filter((result) => result !== undefined);
  return { outcomes, wallS: (performance.now() - began) / 1000, partial: outcomes.length < jobs.length };
}
