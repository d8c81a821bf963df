import type { EpisodeOutcome } from '../episodes/outcome.ts';
import type { Block } from '../report/document.ts';
import { fixed, percent, percentInterval, signed } from '../report/format.ts';
import { type MeanWithInterval, maximum, stratifiedMean95 } from '../report/statistics.ts';

/** What an arm reaches, averaged over tasks. */
export interface OverallFigures {
  readonly arm: string;
  /** 0..1. */
  readonly success: MeanWithInterval;
  /** Time to success of all episodes (s); one that failed took as long as the longest episode of its task in any arm. */
  readonly timeS: MeanWithInterval;
}

/**
 * The figures of every arm that has episodes of every task, averaged over the tasks. The time is the restricted mean (Royston and Parmar 2013): a mean over successes alone favours
 * an arm that only succeeds where it is easy.
 */
export function overallFigures(
  tasks: readonly string[],
  arms: readonly { readonly arm: string; readonly outcomes: readonly EpisodeOutcome[] }[],
): readonly OverallFigures[] {
  const split = arms.map(({ arm, outcomes }) => ({
    arm,
    byTask: tasks.map((task) => outcomes.filter((each) => each.task === task)),
  }));
  const longest = tasks.map((_, i) => maximum(split.flatMap(({ byTask }) => byTask[i].map(({ timeS }) => timeS))));
  return split
    .filter(({ byTask }) => byTask.every(({ length }) => length > 0))
    .map(({ arm, byTask }) => ({
      arm,
      success: stratifiedMean95(byTask.map((of) => of.map(({ success }) => Number(success)))),
      timeS: stratifiedMean95(byTask.map((of, i) => of.map(({ success, timeS }) => (success ? timeS : longest[i]!)))),
    }));
}

/** A table of the figures, beside those of the best arm with one modality; nothing while that is not known. */
export function overallBlocks(overall: readonly OverallFigures[], bestSingle: string | undefined): readonly Block[] {
  const best = overall.find(({ arm }) => arm === bestSingle);
  if (!best) return [];
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
      rows: overall.map(({ arm, success, timeS }) => [
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
