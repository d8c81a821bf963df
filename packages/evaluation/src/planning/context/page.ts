import { fixed, markdownTable, percent, percentInterval } from '../../report/format.ts';
import type { ContextMethod, ContextStudy, FindRates } from './study.ts';

const millimetres = (metres: number | null): string => fixed(metres === null ? null : 1000 * metres, 1);

const row = (name: string, rates: FindRates): string[] => [
  name,
  String(rates.things),
  percent(rates.precision),
  percentInterval(rates.precision95),
  percent(rates.recall),
  percentInterval(rates.recall95),
  percent(rates.located),
];
const HEAD = ['', 'things', 'precision', '95 %', 'recall', '95 %', 'located'];

const summary = (name: string, { all, error, perfectScenes, lookMs }: ContextMethod, scenes: number): string[] => [
  name,
  percent(all.precision),
  percent(all.recall),
  percent(all.located),
  percent(perfectScenes / scenes),
  millimetres(error.p50),
  millimetres(error.p95),
  fixed(lookMs.p50, 1),
];

/** The report page of a study of the context. @param command the command that made it */
export function contextPage(study: ContextStudy, command: string): string {
  const { policy, scenes, seeds, detection, grounding } = study;
  return [
    '# What the cameras tell a planner',
    '',
    `Made by \`${command}\`. Policy ${policy}, ${scenes} scenes, seeds ${seeds[0]} to ${seeds[1]} of each task; at the start of a task, or with the arm anywhere above the`,
    'table, things on trays and in the fingers. A find is right when its words are those of the thing at its place. Counted are things that at least one camera',
    'sees in part and that are not in the fingers. *Located* are things at whose place something was found, whatever its words. Cameras have mounting errors of',
    '1 cm and 1 degree that the robot does not know. Intervals are Wilson 95 %.',
    '',
    ...markdownTable(
      ['method', 'precision', 'recall', 'located', 'perfect scenes', 'error p50 (mm)', 'error p95 (mm)', 'look (ms)'],
      [
        summary('detection on the frozen vision map', detection, scenes),
        summary('grounding, asked for each phrase', grounding, scenes),
      ],
    ),
    '',
    '## By kind of thing',
    '',
    ...markdownTable(
      HEAD,
      Object.entries(detection.byKind).map(([name, rates]) => row(name, rates)),
    ),
    '',
    '## By task',
    '',
    ...markdownTable(
      HEAD,
      Object.entries(detection.byTask).map(([name, rates]) => row(name, rates)),
    ),
    '',
    '## Most frequent mistakes',
    '',
    ...markdownTable(
      ['truth', 'found', 'number'],
      detection.confusions.map(({ truth, found, count }) => [truth, found, String(count)]),
    ),
    '',
  ].join('\n');
}
