import type { Block } from '../report/document.ts';
import { fixed, percent, percentInterval, signed } from '../report/format.ts';
import { mean, Z95 } from '../report/statistics.ts';
import type { AblationResults, TrainingResult } from './results.ts';

/** A mean over tasks, in which every task counts the same, and its normal 95 % interval. */
interface TaskMean {
  readonly mean: number;
  readonly interval95: readonly [number, number];
}

/** What an arm reaches, averaged over tasks. */
export interface OverallFigures {
  readonly arm: string;
  /** 0..1. */
  readonly success: TaskMean;
  /** Time to success of all episodes (s); one that failed took as long as the longest episode of its task in any arm. */
  readonly timeS: TaskMean;
}

/**
 * Mean over tasks of the means of their episodes, each task a stratum of its own.
 * @param tasks numbers of the episodes of each task, at least one each
 */
function taskMean(tasks: readonly (readonly number[])[]): TaskMean {
  const means = tasks.map((values) => mean(values)!);
  const variance = tasks.reduce((sum, values, i) => {
    const squares = values.reduce((of, value) => of + (value - means[i]) ** 2, 0);
    return sum + (values.length > 1 ? squares / (values.length - 1) / values.length : 0);
  }, 0);
  const [all, half] = [mean(means)!, (Z95 * Math.sqrt(variance)) / tasks.length];
  return { mean: all, interval95: [all - half, all + half] };
}

/**
 * The figures of every arm, averaged over the tasks. The time is the restricted mean (Royston and Parmar 2013): a mean over successes alone favours
 * an arm that only succeeds where it is easy.
 */
export function overallFigures({ plan, trainings }: AblationResults): readonly OverallFigures[] {
  const outcomes = (of: readonly TrainingResult[], task: string) =>
    of.flatMap(({ evaluation }) => evaluation.outcomes.filter((each) => each.task === task));
  const longest = new Map(
    plan.tasks.map((task) => [task, outcomes(trainings, task).reduce((most, { timeS }) => Math.max(most, timeS), 0)]),
  );
  return plan.arms.flatMap((arm) => {
    const own = trainings.filter((each) => each.arm === arm);
    const byTask = plan.tasks.map((task) => outcomes(own, task));
    if (byTask.some(({ length }) => length === 0)) return [];
    const times = byTask.map((of, i) =>
      of.map(({ success, timeS }) => (success ? timeS : longest.get(plan.tasks[i])!)),
    );
    const success = taskMean(byTask.map((of) => of.map((each) => Number(each.success))));
    return [{ arm, success, timeS: taskMean(times) }];
  });
}

/** A table of the figures, beside those of the best arm with one modality. */
export function overallBlocks(results: AblationResults): readonly Block[] {
  const figures = overallFigures(results);
  const best = figures.find(({ arm }) => arm === results.bestSingle);
  if (!best || results.plan.tasks.length < 2) return [];
  const beside = (value: number, base: number): string =>
    base === 0 ? '-' : `${signed(100 * (value / base - 1), 1)} %`;
  return [
    { kind: 'heading', text: 'Averaged over tasks' },
    {
      kind: 'text',
      text: `Every task counts the same. The best arm with one modality is \`${best.arm}\`. The time of an episode that failed is that of the longest episode of its task.`,
    },
    {
      kind: 'table',
      head: ['arm', 'success', '95 %', `beside ${best.arm}`, 'time to success, s', '95 %', `beside ${best.arm}`],
      rows: figures.map(({ arm, success, timeS }) => [
        ...[arm, percent(success.mean), percentInterval(success.interval95)],
        ...[beside(success.mean, best.success.mean), fixed(timeS.mean, 2)],
        ...[timeS.interval95.map((value) => fixed(value, 2)).join(' to '), beside(timeS.mean, best.timeS.mean)],
      ]),
    },
  ];
}

/** How the table of {@link overallBlocks} is computed. */
export const OVERALL_METHOD =
  'Averaged over tasks: mean of the means of the tasks, normal 95 % interval with each task as a stratum. Time to success with failures: restricted mean (Royston and Parmar 2013, BMC Medical Research Methodology 13, 152).';
