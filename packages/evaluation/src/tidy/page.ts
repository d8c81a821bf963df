import type { EvaluationReport } from '../evaluate/report.ts';
import { fixed, inCell, markdownTable, percent, percentInterval } from '../report/format.ts';
import type { TidyStudy } from './study.ts';

function row(name: string, { tasks: [task], safety }: EvaluationReport): readonly string[] {
  const { episodes, successes, success_rate, wilson95, time_s, peak_force_n, plans } = task;
  return [
    name,
    `${successes} / ${episodes}`,
    percent(success_rate),
    percentInterval(wilson95),
    fixed(time_s.p50, 1),
    fixed(time_s.p95, 1),
    fixed(peak_force_n.p95, 1),
    String(safety?.false_stops ?? '-'),
    String(plans?.replans ?? '-'),
  ];
}

const HEAD = [
  'what the planner sees',
  'done',
  'rate',
  '95 %',
  'time p50, s',
  'time p95, s',
  'peak force p95, N',
  'false stops',
  'plans again',
];

/** Formats the study as text for a terminal. */
export const tidyTable = ({ camera, blind }: TidyStudy): string =>
  [HEAD, row('cameras', camera), row('nothing', blind)].map((cells) => cells.join('  ')).join('\n');

/** The report page of the study. @param command the command that made it @param machine what it ran on */
export function tidyPage({ planner, camera, blind }: TidyStudy, command: string, machine: string): string {
  const [task] = camera.tasks;
  const seeds = `${camera.seed} to ${camera.seed + task.episodes - 1}`;
  const { plans, failures = {} } = task;
  return [
    '# Requests of several steps',
    '',
    `Made by \`${command}\`; do not edit. Machine: ${machine}. Task \`tidy\`, planner ${planner}, policy ${camera.policy}, robot ${camera.robot}, seeds ${seeds}:`,
    'four to six things, two trays, and a request of two to four steps with a condition by weight or by place, in wordings that are kept for reports. The final',
    'world is judged: each named thing where the request wants it, all others where they were. The supervisor is on; a stop without a fault and without a request',
    'is a false stop. Where the planner sees *nothing*, its context has no things. Intervals are Wilson 95 %.',
    '',
    ...markdownTable(HEAD, [row('cameras', camera), row('nothing', blind)]),
    '',
    ...(plans
      ? [
          `With cameras: ${plans.grasps.policy} things were taken by the learned policy, ${plans.grasps.motions} by motions to their seen place. Of the steps ${plans.steps.done} were`,
          `done, ${plans.steps.failed} failed, ${plans.steps.skipped} were left out by their condition, ${plans.steps.interrupted} were interrupted.`,
          '',
        ]
      : []),
    '## Failures with cameras',
    '',
    ...(Object.keys(failures).length > 0 ? causes(failures) : ['None.']),
    '',
    ...(plans && plans.failures.length > 0
      ? [
          ...markdownTable(
            ['seed', 'cause', 'what is not as it should be'],
            plans.failures.map(({ seed, cause, detail }) => [String(seed), cause, inCell(detail)]),
          ),
          '',
        ]
      : []),
    '## Failures without a context',
    '',
    ...causes(blind.tasks[0].failures ?? {}),
    '',
  ].join('\n');
}

const causes = (failures: Readonly<Record<string, number>>): readonly string[] =>
  markdownTable(
    ['cause', 'episodes'],
    Object.entries(failures).map(([cause, count]) => [cause, String(count)]),
  );
