import { touchText } from '@praxis/sim';
import { fixed, markdownTable, percent, percentInterval, pValue, signed, table } from '../report/format.ts';
import type { DelayCell } from './cells.ts';
import type { DelayRow, DelayStudy, MeasuredCell } from './study.ts';

/** What a row is about: the first cells of it. */
type Labels = (cell: DelayCell) => readonly string[];

const points = (share: number): string => signed(100 * share, 1);

const COLUMNS = [
  ...['task', 'done', 'rate', 'Wilson 95 %', 'difference, points', 'Newcombe 95 %', 'McNemar p'],
  ...['time, s', 'peak force p95, N', 'false stops'],
];

function figures({ safety }: DelayCell, row: DelayRow): readonly string[] {
  const { task, successes, episodes, wilson95, paired, peakForceP95N, falseStops } = row;
  return [
    ...[task, `${successes} / ${episodes}`, percent(successes / episodes), percentInterval(wilson95)],
    ...(paired
      ? [points(paired.difference), paired.newcombe95.map(points).join(' to '), pValue(paired.mcnemar_p)]
      : ['', '', '']),
    paired && paired.time_s.difference !== null ? signed(paired.time_s.difference, 2) : '',
    ...[fixed(peakForceP95N, 1), safety === 'on' ? String(falseStops) : ''],
  ];
}

const rowsOf = (measured: readonly MeasuredCell[], labels: Labels): readonly (readonly string[])[] =>
  measured.flatMap(({ cell, rows }) => rows.map((row) => [...labels(cell), ...figures(cell, row)]));

const INFERENCE: readonly [head: readonly string[], labels: Labels] = [
  ['scheduler', 'added delay, s'],
  ({ scheduler, addedInferenceDelay }) => [scheduler, String(addedInferenceDelay)],
];
const TOUCH: readonly [head: readonly string[], labels: Labels] = [
  ['supervisor', 'force readings'],
  ({ safety, touch }) => [safety, touch ? touchText(touch) : 'of the moment'],
];

/** Formats the study as text for a terminal. */
export const delaysTable = ({ inference, touch }: DelayStudy): string =>
  [[INFERENCE, inference] as const, [TOUCH, touch] as const]
    .map(([[head, labels], measured]) => table([...head, ...COLUMNS], rowsOf(measured, labels)))
    .join('\n\n');

function causes(measured: readonly MeasuredCell[], [head, labels]: typeof INFERENCE): readonly string[] {
  const rows = measured.flatMap(({ cell, rows: each }) =>
    each.flatMap((row) =>
      Object.entries(row.causes).map(([cause, count]) => [...labels(cell), row.task, cause, String(count)]),
    ),
  );
  return rows.length === 0 ? ['No episode failed.'] : markdownTable([...head, 'task', 'cause', 'episodes'], rows);
}

/** The report page of the study. @param command the command that made it @param machine what it ran on */
export function delaysPage(study: DelayStudy, command: string, machine: string): string {
  const { policy, seed, episodes, inference, touch } = study;
  const part = ([head, labels]: typeof INFERENCE, measured: readonly MeasuredCell[]) =>
    markdownTable([...head, ...COLUMNS], rowsOf(measured, labels));
  return [
    '# Delays',
    '',
    `Made by \`${command}\`; do not edit. Machine: ${machine}. Policy \`${policy}\`, ${episodes} seeds from ${seed} for each row, the same ones in all rows. Rates have`,
    'their 95 % Wilson intervals. *Difference* is that to the row without a delay, seed by seed, with the interval of Newcombe 1998 (method 10) and the exact test of McNemar; *time* is the',
    'mean difference of the time to success where both succeeded, *peak force* what the loop read, *false stops* those of the supervisor without a request. p-values are not corrected for the number of comparisons.',
    '',
    '## Delay of inference',
    '',
    'Each inference takes 0.03 s and the added delay. [tasks.md](../tasks.md#delay-of-inference) says what a delay changes, [concepts.md](../concepts.md#chunks-and-schedulers) what the schedulers do.',
    '',
    ...part(INFERENCE, inference),
    '',
    '## Delay of touch',
    '',
    'The forces are those of some time ago, or of other moments (`shuffled`), and no stamp shows it: [tasks.md](../tasks.md#timing-of-touch). The supervisor reads the same forces, and stops for what',
    'it takes for a contact in free motion; with supervisor `off` the policy is measured alone.',
    '',
    ...part(TOUCH, touch),
    '',
    '## Failures',
    '',
    ...causes(inference, INFERENCE),
    '',
    ...causes(
      touch.filter(({ cell }) => cell.touch !== undefined),
      TOUCH,
    ),
    '',
  ].join('\n');
}
