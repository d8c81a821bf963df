import { existsSync, readFileSync } from 'node:fs';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { readEvaluation } from '../evaluate/read-evaluation.ts';
import { filesOf, type TrainedFacts } from './files.ts';
import { type AblationPlan, bestSingle, furtherTrainings, knownTrainings, type Training } from './plan.ts';
import type { TrainingMachine } from './python.ts';

/** A finished training and its evaluation. */
export interface TrainingResult extends Training {
  readonly evaluation: Evaluation;
  readonly machine: TrainingMachine;
  /** Number of parameters of the network. */
  readonly parameters: number;
  /** Duration of the training, and of its evaluation in all processes (s). */
  readonly trainingS: number;
  readonly evaluationS: number;
}

/** What an ablation has measured so far. */
export interface AblationResults {
  readonly plan: AblationPlan;
  /** In the order of the plan. */
  readonly trainings: readonly TrainingResult[];
  /** The best arm with one modality; undefined without one, or while one of them is missing. */
  readonly bestSingle?: string;
  /** Trainings that are not finished and evaluated; the further ones of the best arm are not among them while it is not known. */
  readonly missing: readonly Training[];
}

/** Reads a finished training; undefined while it is not trained and evaluated. */
function readResult(out: string, training: Training): TrainingResult | undefined {
  const files = filesOf(out, training);
  if (!existsSync(files.manifest) || !existsSync(files.evaluation)) return undefined;
  const evaluation = readEvaluation(files.evaluation);
  if (evaluation.run.partial) return undefined;
  const { machine } = JSON.parse(readFileSync(files.facts, 'utf8')) as TrainedFacts;
  const manifest = JSON.parse(readFileSync(files.manifest, 'utf8')) as {
    readonly training: { readonly parameters: number; readonly wall_s: number };
  };
  return {
    ...{ ...training, evaluation, machine, evaluationS: evaluation.run.wallS },
    ...{ parameters: manifest.training.parameters, trainingS: manifest.training.wall_s },
  };
}

/**
 * Reads what the folder of an ablation holds.
 * @throws {InputError} for a file of an evaluation that is not valid
 */
export function readResults(out: string, plan: AblationPlan): AblationResults {
  const found = new Map<Training, TrainingResult | undefined>();
  const read = (trainings: readonly Training[]): void => {
    for (const training of trainings) found.set(training, readResult(out, training));
  };
  read(knownTrainings(plan));
  const successes = new Map(
    [...found.values()].flatMap((each) =>
      each?.seed === 0 ? [[each.arm, each.evaluation.outcomes.filter(({ success }) => success).length] as const] : [],
    ),
  );
  const best = bestSingle(plan, successes);
  read(furtherTrainings(plan, best));
  const trainings = [...found.values()].filter((each) => each !== undefined);
  return {
    plan,
    trainings: trainings.sort((a, b) => plan.arms.indexOf(a.arm) - plan.arms.indexOf(b.arm) || a.seed - b.seed),
    ...(best === undefined ? {} : { bestSingle: best }),
    missing: [...found].flatMap(([training, result]) => (result ? [] : [training])),
  };
}
