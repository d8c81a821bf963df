import type { Block } from '../report/document.ts';
import { fixed, percent, percentInterval, pValue, signed } from '../report/format.ts';
import type { ComparedEvaluation } from './comparison.ts';
import type { PairedMean, PairedTask } from './paired.ts';

/** A difference of shares in percentage points, with its sign. */
const points = (share: number | null): string => (share === null ? '-' : `${signed(100 * share, 1)} pp`);

const meanCell = ({ difference, interval95, relative, pairs }: PairedMean, unit: string): string => {
  if (difference === null) return '-';
  const interval = interval95 ? ` (${interval95.map((end) => signed(end, 2)).join(' to ')})` : '';
  const change = relative === null ? '' : `, ${signed(100 * relative, 1)} %`;
  return `${signed(difference, 2)} ${unit}${interval}${change}, ${pairs} pairs`;
};

/** Success rates by task, with their intervals. */
export const successTable = (evaluations: readonly ComparedEvaluation[]): Block => ({
  kind: 'table',
  head: ['task', '', 'successes', 'rate', 'Wilson 95 %', 'instruction followed', 'detectable drop'],
  rows: [...new Set(evaluations.flatMap(({ run }) => run.tasks))].flatMap((task) =>
    evaluations.flatMap(({ label, tasks }) =>
      tasks
        .filter((each) => each.task === task)
        .map((each) => [
          ...[task, label, `${each.successes}/${each.episodes}`, percent(each.success_rate)],
          ...[percentInterval(each.wilson95), percent(each.instruction_followed_rate)],
          each.detectable_drop === null ? '-' : points(-each.detectable_drop),
        ]),
    ),
  ),
});

/** Times to success and peak forces by evaluation and task. */
export const effortTable = (evaluations: readonly ComparedEvaluation[]): Block => ({
  kind: 'table',
  head: ['task', '', 'time mean, s', 'time p50, s', 'time p95, s', 'force p50, N', 'force p95, N', 'force max, N'],
  rows: evaluations.flatMap(({ label, tasks }) =>
    tasks.map(({ task, time_s: time, peak_force_n: force }) => [
      ...[task, label, fixed(time.mean, 2), fixed(time.p50, 2), fixed(time.p95, 2)],
      ...[fixed(force.p50, 1), fixed(force.p95, 1), fixed(force.max, 1)],
    ]),
  ),
});

/**
 * Paired differences of success rates, the second less the first.
 * @param rows what stands first in each row, and the pairs of one task
 * @param head names of what stands first
 * @param names of the first and of the second
 */
export const pairedSuccessTable = (
  rows: readonly (readonly [first: readonly string[], pair: PairedTask])[],
  head: readonly string[],
  [first, second]: readonly [first: string, second: string],
): Block => ({
  kind: 'table',
  head: [
    ...[...head, 'task', 'pairs', `both / only ${first} / only ${second} / neither`, 'success', 'Newcombe 95 %'],
    ...['McNemar p', 'detectable'],
  ],
  rows: rows.map(([cells, pair]) => [...cells, ...pairedRow(pair)]),
});

/** Paired differences of the times to success and of the peak forces, with the arguments of {@link pairedSuccessTable}. */
export const pairedEffortTable = (
  rows: readonly (readonly [first: readonly string[], pair: PairedTask])[],
  head: readonly string[],
): Block => ({
  kind: 'table',
  head: [...head, 'task', 'time to success, where both succeeded', 'peak force'],
  rows: rows.map(([cells, { task, time_s, peak_force_n }]) => [
    ...[...cells, task, meanCell(time_s, 's'), meanCell(peak_force_n, 'N')],
  ]),
});

const pairedRow = (pair: PairedTask): readonly string[] => {
  const { both, onlyFirst, onlySecond, neither } = pair.counts;
  return [
    ...[pair.task, String(pair.pairs), `${both} / ${onlyFirst} / ${onlySecond} / ${neither}`],
    ...[points(pair.difference), pair.newcombe95.map(points).join(' to '), pValue(pair.mcnemar_p)],
    points(pair.detectable_difference).replace('+', '±'),
  ];
};

/** Failures by cause, the most frequent first, with their seeds. */
export function failureTable(evaluations: readonly ComparedEvaluation[]): Block {
  const rows = evaluations.flatMap(({ label, failures }) =>
    failures.map(({ task, cause, seeds }) => [task, label, cause, String(seeds.length), seeds.join(' ')]),
  );
  if (rows.length === 0) return { kind: 'text', text: 'No episode failed.' };
  return { kind: 'table', head: ['task', '', 'cause', 'episodes', 'seeds'], rows };
}

/** How the rates, times and forces of the tables are computed. */
export const METHODS: readonly string[] = [
  'Rates: score interval of Wilson 1927.',
  'Detectable drop: how far below the rate that of another evaluation of as many other seeds has to lie to be found by a two-sided test at 5 % with power 0.8, by h = (1.960 + 0.842) √(2 / n) in h = 2 asin √p1 - 2 asin √p2 (Cohen 1988).',
  'Peak force: largest contact force of an episode, over all episodes. Time: simulated, over the successful episodes.',
];
/** How paired differences are computed. */
export const PAIRED_METHODS: readonly string[] = [
  'Paired difference: method 10 of Newcombe 1998 (Statistics in Medicine 17, 2635-2650). Test: McNemar 1947, exact and two-sided. p-values are not corrected for the number of comparisons.',
  "Detectable: smallest difference that McNemar's test at 5 % finds with power 0.8, by n = (1.960 √ψ + 0.842 √(ψ - δ²))² / δ² with ψ the share of the pairs in which only one succeeded, at least δ (Connor 1987).",
  'Means of differences: normal 95 % interval, from 20 pairs on. Peak force: all pairs.',
];
