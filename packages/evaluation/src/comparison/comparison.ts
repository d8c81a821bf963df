import { InputError } from '@praxis/core';
import { causeOf } from '../evaluate/cause.ts';
import { type EvaluationRun, optionsOf } from '../evaluate/evaluation.ts';
import type { NamedEvaluation } from '../evaluate/merge.ts';
import { evaluationReport, type TaskReport } from '../evaluate/report.ts';
import { detectableDrop } from '../report/detectable-effect.ts';
import { type PairedTask, pairedTasks } from './paired.ts';

/** Failed episodes with one cause. */
export interface FailureGroup {
  readonly task: string;
  readonly cause: string;
  /** In ascending order. */
  readonly seeds: readonly number[];
}

/** One evaluation of a comparison. */
export interface ComparedEvaluation {
  /** In a comparison `A` for the first, `B` for the second, and so on. */
  readonly label: string;
  readonly name: string;
  readonly run: EvaluationRun;
  readonly trace_sha256: string;
  readonly tasks: readonly (TaskReport & {
    /** How far below this rate another one has to lie to be told from it; null when no rate is. See `detectableDrop`. */
    readonly detectable_drop: number | null;
  })[];
  /** By task, most frequent cause first. */
  readonly failures: readonly FailureGroup[];
}

/** Evaluations, and each further one beside the first. */
export interface Comparison {
  readonly evaluations: readonly ComparedEvaluation[];
  readonly pairs: readonly {
    readonly first: string;
    readonly second: string;
    /** Options that differ, of those that the outcomes depend on. */
    readonly differing: readonly string[];
    readonly tasks: readonly PairedTask[];
  }[];
}

const differing = (first: EvaluationRun, second: EvaluationRun): readonly string[] =>
  optionsOf(first, second).filter((option) => JSON.stringify(first[option]) !== JSON.stringify(second[option]));

function failuresOf({ run, outcomes }: NamedEvaluation): readonly FailureGroup[] {
  return run.tasks.flatMap((task) => {
    const seeds = new Map<string, number[]>();
    for (const outcome of outcomes) {
      const cause = outcome.task === task ? causeOf(outcome) : undefined;
      if (cause !== undefined) seeds.set(cause, [...(seeds.get(cause) ?? []), outcome.seed]);
    }
    return [...seeds]
      .sort(([a, one], [b, other]) => other.length - one.length || a.localeCompare(b))
      .map(([cause, of]) => ({ task, cause, seeds: of }));
  });
}

/** Summarises one evaluation. @param label short name of it in tables and figures */
export function summarised(evaluation: NamedEvaluation, label: string): ComparedEvaluation {
  const { name, run, outcomes } = evaluation;
  const { tasks, trace_sha256 } = evaluationReport(run, outcomes);
  return {
    ...{ label, name, run, trace_sha256 },
    tasks: tasks.map((task) => ({
      ...task,
      detectable_drop: task.success_rate === null ? null : detectableDrop(task.episodes, task.success_rate),
    })),
    failures: failuresOf(evaluation),
  };
}

/**
 * Summarises evaluations, and compares each further one with the first, seed by seed.
 * @param evaluations 1 to 26
 * @throws {InputError} for more of them, and for two that have no task and seed in common
 */
export function compareEvaluations(evaluations: readonly NamedEvaluation[]): Comparison {
  if (evaluations.length > 26) throw new InputError(`${evaluations.length} evaluations, expected at most 26`);
  const all = evaluations.map((each, i) => summarised(each, String.fromCharCode('A'.charCodeAt(0) + i)));
  const [first, ...others] = evaluations;
  return {
    evaluations: all,
    pairs: others.map((second, i) => ({
      first: all[0].label,
      second: all[i + 1].label,
      differing: differing(first.run, second.run),
      tasks: pairedTasks(first, second),
    })),
  };
}
