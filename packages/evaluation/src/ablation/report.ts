import { type ComparedEvaluation, summarised } from '../comparison/comparison.ts';
import { comparePairs, type PairedTask, pairsOf } from '../comparison/paired.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { type AblatedModality, armNamed, withoutOf } from './arms.ts';
import { type GatePoint, gatesOverTime, meanGates } from './gate-means.ts';
import { type OverallFigures, overallFigures } from './overall.ts';
import { trainingName } from './plan.ts';
import type { AblationResults, TrainingResult } from './results.ts';

/** Results of one arm; its episodes are those of all of its trainings. */
export interface ArmReport {
  readonly arm: string;
  readonly without: readonly AblatedModality[];
  readonly fusion: 'gated' | 'concat';
  /** Number of parameters of the network. */
  readonly parameters: number;
  readonly training_seeds: readonly number[];
  readonly tasks: ComparedEvaluation['tasks'];
  readonly failures: ComparedEvaluation['failures'];
  /** Success rates of each training, by task. */
  readonly by_training: readonly {
    readonly training_seed: number;
    readonly rates: Readonly<Record<string, number | null>>;
    readonly training_s: number;
    readonly evaluation_s: number;
    readonly trace_sha256: string;
  }[];
  /** Mean gate of each modality over the episodes of all tasks; absent for a policy without gates. */
  readonly gates?: Readonly<Record<string, number>>;
}

/** An arm beside the first, on the same episode seeds and the training seeds that both have. Differences are the arm less the first. */
export interface ArmComparison {
  readonly first: string;
  readonly second: string;
  readonly training_seeds: readonly number[];
  readonly tasks: readonly PairedTask[];
}

/** The result of an ablation: the JSON object of `praxis ablate --json`. */
export interface AblationReport {
  readonly robot: string;
  readonly tasks: readonly string[];
  /** First seed of the evaluation's episodes, and their number for each task and training. */
  readonly seed: number;
  readonly episodes: number;
  readonly steps: number;
  readonly data: AblationResults['plan']['data'];
  readonly arms: readonly ArmReport[];
  /** Averages over the tasks, of the arms that have episodes of every task; none of one task. */
  readonly overall: readonly OverallFigures[];
  /** Every other arm beside the first. */
  readonly comparisons: readonly ArmComparison[];
  /** Gates over time of `all`, by task. */
  readonly gates: Readonly<Record<string, readonly GatePoint[]>>;
  /** The arm with one modality that succeeded most often with training seed 0. */
  readonly best_single?: string;
  /** Trainings that are not finished and evaluated. */
  readonly missing: readonly string[];
  /** Present while something is missing. */
  readonly partial?: true;
}

/** The trainings of each arm that has one, in the order of the plan. */
export const trainingsByArm = ({ plan, trainings }: AblationResults): ReadonlyMap<string, readonly TrainingResult[]> =>
  new Map(
    plan.arms
      .map((arm) => [arm, trainings.filter((each) => each.arm === arm)] as const)
      .filter(([, of]) => of.length > 0),
  );

/** The episodes of all trainings of an arm as one evaluation. */
export const pooled = (trainings: readonly TrainingResult[]): Evaluation => ({
  run: trainings[0].evaluation.run,
  outcomes: trainings.flatMap(({ evaluation }) => evaluation.outcomes),
});

function armReport(arm: string, trainings: readonly TrainingResult[], results: AblationResults): ArmReport {
  const { tasks, failures } = summarised({ name: arm, ...pooled(trainings) }, arm);
  const gates = meanGates(pooled(trainings).outcomes);
  const { fusion, ...given } = armNamed(arm);
  return {
    ...{ arm, without: withoutOf({ fusion, ...given }, results.plan.data), fusion },
    parameters: trainings[0].parameters,
    training_seeds: trainings.map(({ seed }) => seed),
    ...{ tasks, failures },
    by_training: trainings.map(({ seed, evaluation, trainingS, evaluationS }) => {
      const one = summarised({ name: arm, ...evaluation }, arm);
      return {
        training_seed: seed,
        rates: Object.fromEntries(one.tasks.map(({ task, success_rate }) => [task, success_rate])),
        ...{ training_s: trainingS, evaluation_s: evaluationS, trace_sha256: one.trace_sha256 },
      };
    }),
    ...(gates ? { gates } : {}),
  };
}

function comparison(
  [first, firsts]: readonly [string, readonly TrainingResult[]],
  [second, seconds]: readonly [string, readonly TrainingResult[]],
  tasks: readonly string[],
): ArmComparison {
  const both = firsts.flatMap((a) => {
    const b = seconds.find(({ seed }) => seed === a.seed);
    return b ? [[a, b] as const] : [];
  });
  const pairs = both.flatMap(([a, b]) => pairsOf(a.evaluation, b.evaluation));
  return { first, second, training_seeds: both.map(([{ seed }]) => seed), tasks: comparePairs(tasks, pairs) };
}

/** Computes the report of an ablation, whole or in part. */
export function ablationReport(results: AblationResults): AblationReport {
  const { plan, trainings, bestSingle, missing } = results;
  const arms = [...trainingsByArm(results)];
  const [first, ...others] = arms;
  const all = trainings.filter(({ arm }) => arm === 'all').flatMap(({ evaluation }) => evaluation.outcomes);
  return {
    robot: trainings[0]?.evaluation.run.robot ?? '',
    ...{ tasks: plan.tasks, seed: plan.seed, episodes: plan.episodes, steps: plan.steps, data: plan.data },
    arms: arms.map(([arm, of]) => armReport(arm, of, results)),
    overall:
      plan.tasks.length < 2
        ? []
        : overallFigures(
            plan.tasks,
            arms.map(([arm, of]) => ({ arm, outcomes: pooled(of).outcomes })),
          ),
    comparisons: others.map((other) => comparison(first, other, plan.tasks)),
    gates: Object.fromEntries(
      plan.tasks.map((task) => [task, gatesOverTime(all.filter((each) => each.task === task))]),
    ),
    ...(bestSingle === undefined ? {} : { best_single: bestSingle }),
    missing: missing.map(trainingName),
    ...(missing.length > 0 ? { partial: true } : {}),
  };
}
