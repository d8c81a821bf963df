import { InputError } from '@praxis/core';
import type { EpisodeOutcome } from '../episodes/outcome.ts';
import type { EvaluationRun } from '../evaluate/evaluation.ts';
import { detectablePairedDifference } from '../report/detectable-effect.ts';
import { countPairs, mcNemarExact, newcombePaired95, type PairCounts, pairsIn } from '../report/paired-proportions.ts';
import { mean, meanInterval95 } from '../report/statistics.ts';

/** Mean of the differences of pairs, the second less the first. */
export interface PairedMean {
  readonly pairs: number;
  readonly difference: number | null;
  /** Normal 95 % interval of the difference; null with fewer than 20 pairs, for which it would be too narrow. */
  readonly interval95: readonly [number, number] | null;
  /** Mean of the second over the mean of the first, less 1. */
  readonly relative: number | null;
}

/** Two evaluations of one task, paired by seed. Differences are the second less the first. */
export interface PairedTask {
  /** Name of the task, or `all` for all tasks together. */
  readonly task: string;
  readonly pairs: number;
  readonly counts: PairCounts;
  /** Difference of the success rates, -1..1, and its 95 % interval by Newcombe's method 10. */
  readonly difference: number;
  readonly newcombe95: readonly [number, number];
  /** p-value of McNemar's exact test. */
  readonly mcnemar_p: number;
  /** Smallest difference that so many pairs find with power 0.8, with as many pairs that differ as here; null when there is none. */
  readonly detectable_difference: number | null;
  /** Time of the seeds in which both succeeded (s). */
  readonly time_s: PairedMean;
  /** Peak contact force of all seeds (N). */
  readonly peak_force_n: PairedMean;
}

/** Number of pairs from which on the mean of their differences is close to normal. */
const FEWEST_PAIRS = 20;

/** What pairs are made of: the tasks of an evaluation and its episodes. */
export interface PairedEpisodes {
  /** Name in messages. */
  readonly name: string;
  readonly run: Pick<EvaluationRun, 'tasks'>;
  readonly outcomes: readonly EpisodeOutcome[];
}

/** The episodes of one task and seed. */
export type Pair = readonly [first: EpisodeOutcome, second: EpisodeOutcome];

function pairedMean(pairs: readonly Pair[], of: (outcome: EpisodeOutcome) => number): PairedMean {
  const differences = pairs.map(([first, second]) => of(second) - of(first));
  const [before, difference] = [mean(pairs.map(([first]) => of(first))), mean(differences)];
  return {
    pairs: pairs.length,
    difference,
    interval95: pairs.length < FEWEST_PAIRS ? null : meanInterval95(differences),
    relative: before === null || difference === null || before === 0 ? null : difference / before,
  };
}

function pairedTask(task: string, pairs: readonly Pair[]): PairedTask {
  const counts = countPairs(pairs.map(([first, second]) => [first.success, second.success] as const));
  const n = pairsIn(counts);
  const { onlyFirst, onlySecond } = counts;
  const { difference, interval95 } = newcombePaired95({ ...counts, onlyFirst: onlySecond, onlySecond: onlyFirst })!;
  const succeeded = pairs.filter(([first, second]) => first.success && second.success);
  return {
    ...{ task, pairs: n, counts, difference, newcombe95: interval95 },
    mcnemar_p: mcNemarExact(counts),
    detectable_difference: detectablePairedDifference(n, (onlyFirst + onlySecond) / n),
    time_s: pairedMean(succeeded, ({ timeS }) => timeS),
    peak_force_n: pairedMean(pairs, ({ peakForceN }) => peakForceN),
  };
}

/** Pairs the episodes of two evaluations by task and seed; those that only one has are left out. */
export function pairsOf(
  first: Pick<PairedEpisodes, 'outcomes'>,
  second: Pick<PairedEpisodes, 'outcomes'>,
): readonly Pair[] {
  const key = ({ task, seed }: EpisodeOutcome): string => `${task} ${seed}`;
  const seconds = new Map(second.outcomes.map((outcome) => [key(outcome), outcome]));
  return first.outcomes.flatMap((outcome): Pair[] => {
    const other = seconds.get(key(outcome));
    return other ? [[outcome, other]] : [];
  });
}

/**
 * Compares the two of each pair.
 * @param tasks their order
 * @returns one for each task that has pairs, and one for all together when there are several
 */
export function comparePairs(tasks: readonly string[], pairs: readonly Pair[]): readonly PairedTask[] {
  const paired = tasks.filter((task) => pairs.some(([outcome]) => outcome.task === task));
  const each = paired.map((task) =>
    pairedTask(
      task,
      pairs.filter(([outcome]) => outcome.task === task),
    ),
  );
  return paired.length > 1 ? [...each, pairedTask('all', pairs)] : each;
}

/**
 * Compares two evaluations, seed by seed.
 * @returns one for each common task, and one for all together when there are several
 * @throws {InputError} when they have no episode in common
 */
export function pairedTasks(first: PairedEpisodes, second: PairedEpisodes): readonly PairedTask[] {
  const pairs = pairsOf(first, second);
  if (pairs.length === 0) throw new InputError(`${first.name} and ${second.name}: have no task and seed in common`);
  return comparePairs(first.run.tasks, pairs);
}
