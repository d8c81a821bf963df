import { percent, percentInterval, table } from '../report/format.ts';
import type { AblationReport } from './report.ts';

/** Formats the success rates of every arm as text for a terminal. */
export function ablationTable({ arms, missing }: AblationReport): string {
  const rows = arms.flatMap(({ arm, training_seeds, tasks }) =>
    tasks.map(({ task, successes, episodes, success_rate, wilson95 }) => [
      ...[arm, String(training_seeds.length), task, `${successes}/${episodes}`, percent(success_rate)],
      percentInterval(wilson95),
    ]),
  );
  return [
    table(['arm', 'trainings', 'task', 'successes', 'rate', 'Wilson 95 %'], rows),
    ...(missing.length > 0 ? [`PARTIAL: not finished are ${missing.join(', ')}`] : []),
  ].join('\n');
}
