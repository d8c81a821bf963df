import { perturbationTexts, touchText } from '@praxis/sim';
import type { NamedEvaluation } from '../evaluate/merge.ts';
import type { Block, PageDocument } from '../report/document.ts';
import { fixed, percent, percentInterval } from '../report/format.ts';
import { shardText } from '../sharding/shard.ts';
import type { ComparedEvaluation, Comparison } from './comparison.ts';
import { comparisonFigures } from './figures.ts';
import type { PairedMean, PairedTask } from './paired.ts';

/** A difference of shares in percentage points, with its sign. */
const points = (share: number | null): string =>
  share === null ? '-' : `${share > 0 ? '+' : ''}${(100 * share).toFixed(1)} pp`;

const pValue = (p: number): string => (p < 0.001 ? '< 0.001' : p.toFixed(3));

const signed = (value: number, digits: number): string => `${value > 0 ? '+' : ''}${value.toFixed(digits)}`;

const meanCell = ({ difference, interval95, relative, pairs }: PairedMean, unit: string): string => {
  if (difference === null) return '-';
  const interval = interval95 ? ` (${interval95.map((end) => signed(end, 2)).join(' to ')})` : '';
  const change = relative === null ? '' : `, ${signed(100 * relative, 1)} %`;
  return `${signed(difference, 2)} ${unit}${interval}${change}, ${pairs} pairs`;
};

/** What an evaluation left out or added, in words. */
function conditionsOf({ run }: ComparedEvaluation): string {
  const {
    arm,
    mask,
    perturbations,
    touch,
    addedInferenceDelay: delay,
    scheduler,
    fault,
    safety,
    planner,
    swap,
    shard,
    partial,
  } = run;
  const parts = [
    arm !== undefined && `arm ${arm}`,
    mask.length > 0 && `without ${mask.join(', ')}`,
    perturbations && `perturbed ${perturbationTexts(perturbations).join(', ')}`,
    touch && `touch ${touchText(touch)}`,
    delay && `inferences ${delay} s longer`,
    scheduler,
    fault !== undefined && `fault ${fault}`,
    safety === 'off' && 'supervisor off',
    planner && `planner ${planner.name}, context ${planner.context}`,
    swap && 'swap test',
    shard && `shard ${shardText(shard)}`,
    partial && 'INTERRUPTED: the finished episodes',
  ];
  return parts.filter(Boolean).join('; ') || '-';
}

const evaluationsTable = (evaluations: readonly ComparedEvaluation[]): Block => ({
  kind: 'table',
  head: ['', 'file', 'policy', 'robot', 'conditions', 'first seed', 'episodes a task', 'version', 'trace'],
  rows: evaluations.map((each) => [
    ...[each.label, `\`${each.name}\``, `\`${each.run.policy}\``, `\`${each.run.robot}\``, conditionsOf(each)],
    ...[String(each.run.seed), String(each.run.episodes), `${each.run.version}, ${each.run.runtime}`],
    `\`${each.trace_sha256.slice(0, 16)}\``,
  ]),
});

const successTable = (evaluations: readonly ComparedEvaluation[]): Block => ({
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

const effortTable = (evaluations: readonly ComparedEvaluation[]): Block => ({
  kind: 'table',
  head: ['task', '', 'time mean, s', 'time p50, s', 'time p95, s', 'force p50, N', 'force p95, N', 'force max, N'],
  rows: evaluations.flatMap(({ label, tasks }) =>
    tasks.map(({ task, time_s: time, peak_force_n: force }) => [
      ...[task, label, fixed(time.mean, 2), fixed(time.p50, 2), fixed(time.p95, 2)],
      ...[fixed(force.p50, 1), fixed(force.p95, 1), fixed(force.max, 1)],
    ]),
  ),
});

const pairedRow = (pair: PairedTask): readonly string[] => {
  const { both, onlyFirst, onlySecond, neither } = pair.counts;
  return [
    ...[pair.task, String(pair.pairs), `${both} / ${onlyFirst} / ${onlySecond} / ${neither}`],
    ...[points(pair.difference), pair.newcombe95.map(points).join(' to '), pValue(pair.mcnemar_p)],
    points(pair.detectable_difference).replace('+', '±'),
  ];
};

function pairedBlocks({ pairs }: Comparison): readonly Block[] {
  return pairs.flatMap(({ first, second, differing, tasks }): Block[] => [
    { kind: 'heading', text: `${second} compared with ${first}` },
    {
      kind: 'text',
      text: `Pairs are episodes of one task and seed. Differences are ${second} less ${first}. Options that differ: ${differing.join(', ') || 'none'}.`,
    },
    {
      kind: 'table',
      head: [
        ...['task', 'pairs', `both / only ${first} / only ${second} / neither`, 'success', 'Newcombe 95 %'],
        ...['McNemar p', 'detectable'],
      ],
      rows: tasks.map(pairedRow),
    },
    {
      kind: 'table',
      head: ['task', 'time to success, where both succeeded', 'peak force'],
      rows: tasks.map(({ task, time_s, peak_force_n }) => [task, meanCell(time_s, 's'), meanCell(peak_force_n, 'N')]),
    },
  ]);
}

function failureBlocks(evaluations: readonly ComparedEvaluation[]): readonly Block[] {
  const rows = evaluations.flatMap(({ label, failures }) =>
    failures.map(({ task, cause, seeds }) => [task, label, cause, String(seeds.length), seeds.join(' ')]),
  );
  if (rows.length === 0) return [{ kind: 'text', text: 'No episode failed.' }];
  return [{ kind: 'table', head: ['task', '', 'cause', 'episodes', 'seeds'], rows }];
}

const METHODS: readonly string[] = [
  'Rates: score interval of Wilson 1927.',
  'Detectable drop: how far below the rate that of another evaluation of as many other seeds has to lie to be found by a two-sided test at 5 % with power 0.8, by h = (1.960 + 0.842) √(2 / n) in h = 2 asin √p1 - 2 asin √p2 (Cohen 1988).',
  'Peak force: largest contact force of an episode, over all episodes. Time: simulated, over the successful episodes.',
];
const PAIRED_METHODS: readonly string[] = [
  'Paired difference: method 10 of Newcombe 1998 (Statistics in Medicine 17, 2635-2650). Test: McNemar 1947, exact and two-sided. p-values are not corrected for the number of comparisons.',
  "Detectable: smallest difference that McNemar's test at 5 % finds with power 0.8, by n = (1.960 √ψ + 0.842 √(ψ - δ²))² / δ² with ψ the share of the pairs in which only one succeeded, at least δ (Connor 1987).",
  'Means of differences: normal 95 % interval, from 20 pairs on. Peak force: all pairs.',
];

/**
 * Makes the page of one evaluation, or of several that are compared with the first.
 * @param evaluations the evaluations of the comparison, in its order, whose episodes the figures show
 */
export function comparisonPage(comparison: Comparison, evaluations: readonly NamedEvaluation[]): PageDocument {
  const { evaluations: compared, pairs } = comparison;
  const title =
    pairs.length > 0 ? `Comparison of ${compared.length} evaluations` : `Evaluation of ${compared[0].run.policy}`;
  return {
    title,
    blocks: [
      {
        kind: 'text',
        text: `Made by \`npx praxis report ${compared.map(({ name }) => name).join(' ')}\`; do not edit.`,
      },
      evaluationsTable(compared),
      { kind: 'heading', text: 'Success' },
      successTable(compared),
      ...pairedBlocks(comparison),
      { kind: 'heading', text: 'Time and force' },
      effortTable(compared),
      ...comparisonFigures(comparison, evaluations),
      { kind: 'heading', text: 'Failures by cause' },
      ...failureBlocks(compared),
      { kind: 'heading', text: 'Methods' },
      { kind: 'list', items: pairs.length > 0 ? [...METHODS, ...PAIRED_METHODS] : METHODS },
    ],
  };
}
