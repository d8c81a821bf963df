import { existsSync } from 'node:fs';
import { InputError } from '@praxis/core';
import { evaluateEpisodes } from '../evaluate/evaluate.ts';
import { type Evaluation, evaluationRecord } from '../evaluate/evaluation.ts';
import { readEvaluation } from '../evaluate/read-evaluation.ts';
import { writeJsonAtomically } from '../files/write.ts';
import { policyIdentity } from '../project/policy-source.ts';
import type { StartProgress } from '../workers/progress.ts';
import { armNamed, withoutOf } from './arms.ts';
import { filesOf } from './files.ts';
import { type AblationPlan, type Training, trainingName } from './plan.ts';

/** Options of {@link evaluateArm}. */
export interface EvaluateArmOptions {
  readonly plan: AblationPlan;
  readonly training: Training;
  /** Folder of the ablation. */
  readonly out: string;
  /** Number of processes that run episodes. */
  readonly workers: number;
  readonly signal: AbortSignal;
  readonly startProgress: StartProgress;
}

/** Seeds of the episodes of each task. */
export const episodeSeeds = ({ seed, episodes }: Pick<AblationPlan, 'seed' | 'episodes'>): readonly number[] =>
  Array.from({ length: episodes }, (_, i) => seed + i);

/** Seeds of a task whose episodes an evaluation lacks. */
export const missingSeeds = (
  plan: Pick<AblationPlan, 'seed' | 'episodes'>,
  task: string,
  found: Evaluation | undefined,
): readonly number[] => {
  const there = new Set(found?.outcomes.filter((outcome) => outcome.task === task).map(({ seed }) => seed));
  return episodeSeeds(plan).filter((seed) => !there.has(seed));
};

/**
 * Joins further episodes to an evaluation.
 * @param before an earlier part of the evaluation; undefined for the first part
 */
export function joinEvaluations(
  plan: Pick<AblationPlan, 'seed' | 'episodes' | 'tasks'>,
  before: Evaluation | undefined,
  { run, outcomes }: Evaluation,
): Evaluation {
  const { tasks, seed, episodes } = plan;
  const order = (task: string): number => tasks.indexOf(task);
  const all = [...(before?.outcomes ?? []), ...outcomes].sort(
    (a, b) => order(a.task) - order(b.task) || a.seed - b.seed,
  );
  const wallS = (before?.run.wallS ?? 0) + run.wallS;
  return {
    run: { ...run, tasks, seed, episodes, wallS, partial: all.length < tasks.length * episodes },
    outcomes: all,
  };
}

/**
 * Evaluates the policy of one training on the seeds of the plan, without what its arm is without. It stores the outcomes after each task
 * and when it is interrupted, and runs only those that are missing.
 * @returns false when it was interrupted
 * @throws {InputError} when the stored outcomes are of another policy
 */
export async function evaluateArm(options: EvaluateArmOptions): Promise<boolean> {
  const { plan, training, out, workers, signal } = options;
  const { evaluation: path, policy } = filesOf(out, training);
  const name = trainingName(training);
  let found = existsSync(path) ? readEvaluation(path) : undefined;
  const { sha256 } = await policyIdentity({ kind: 'folder', directory: policy });
  if (found && found.run.policySha256 !== sha256)
    throw new InputError(`${path}: evaluates another policy than ${policy}; delete it to evaluate again`);
  for (const task of plan.tasks) {
    const seeds = missingSeeds(plan, task, found);
    if (seeds.length === 0) continue;
    const measured = await evaluateEpisodes({
      ...{ policy, robot: plan.robot, config: plan.config, tasks: [task], seeds, workers, signal },
      mask: withoutOf(armNamed(training.arm), plan.data),
      gates: 'kept',
      startProgress: (_, total) =>
        options.startProgress(`evaluate ${name} ${task}`, plan.episodes, plan.episodes - total),
    });
    if (measured.outcomes.length > 0) {
      found = joinEvaluations(plan, found, measured);
      writeJsonAtomically(path, evaluationRecord(found));
    }
    if (signal.aborted) return false;
  }
  return true;
}
