import type { EpisodeJob, EpisodeOutcome, EvaluationSetup } from '../../episodes/outcome.ts';
import type { ResultStore } from '../../files/result-store.ts';
import type { StartProgress } from '../../workers/progress.ts';
import { runInWorkers } from '../../workers/run.ts';
import { type InstructionTrial, instructionsOf, type TrialOutcome } from './instruction-trial.ts';

export interface PlayOptions {
  readonly task: string;
  readonly trials: readonly InstructionTrial[];
  /** Directory of the policy. */
  readonly policy: string;
  readonly workers: number;
  /** Outcomes of the trials that {@link listenToTrials} has stored. */
  readonly outcomes: ResultStore<TrialOutcome>;
  readonly signal: AbortSignal;
  readonly startProgress: StartProgress;
}

type Job = EpisodeJob & { readonly instruction: string };

/** Runs the episode of each trial with each of its instructions, in worker processes, and stores whether it succeeded. */
export async function playTrials(options: PlayOptions): Promise<void> {
  const { task, trials, policy, workers, outcomes, signal, startProgress } = options;
  const wanted = trials.flatMap((trial): Job[] => {
    const outcome = outcomes.get(String(trial.seed));
    return outcome
      ? instructionsOf(trial, outcome.spoken).map((instruction) => ({ task, seed: trial.seed, instruction }))
      : [];
  });
  const jobs = wanted.filter(
    ({ seed, instruction }) => outcomes.get(String(seed))!.succeeded[instruction] === undefined,
  );
  if (jobs.length === 0) return;
  const bar = startProgress('episodes', wanted.length, wanted.length - jobs.length);
  await runInWorkers<EvaluationSetup, Job, EpisodeOutcome>({
    module: new URL('../../episodes/worker.ts', import.meta.url),
    setup: { policy, config: undefined, tasks: [task], mask: [], swap: false, safety: 'on', episodes: jobs.length },
    jobs,
    workers,
    signal,
    onResult({ success }, { seed, instruction }) {
      const { spoken, succeeded } = outcomes.get(String(seed))!;
      outcomes.set(String(seed), { spoken, succeeded: { ...succeeded, [instruction]: success } });
      bar.step(`${seed} ${success ? 'succeeded' : 'failed'}`);
    },
  }).finally(() => bar.stop());
}
