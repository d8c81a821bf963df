import { judgementWords } from '../recording/operator-judgement.ts';
import { table } from '../report/format.ts';
import type { ReplayReport } from './report.ts';

const NAMES = {
  observation: 'observations',
  chunk: "policy's chunks",
  loop_command: "loop's commands",
  robot_command: "supervisor's commands",
  safety: "supervisor's events",
} as const;

/** A replay in words: the verdict, then what was compared, then what differs. */
export function replayText(report: ReplayReport): string {
  const { file, task, seed, policy, verdict, periods, seconds, counts, first, altered, changed } = report;
  const judged = judgementWords(report.judgement);
  const rows = Object.entries(counts).map(([kind, { compared, differing }]) => {
    return [NAMES[kind as keyof typeof NAMES], String(compared), String(differing)];
  });
  const lines = [
    `${file}: ${task} ${seed}, policy ${policy}, ${seconds.toFixed(2)} s in ${periods} control periods`,
    ...(judged ? [`the operator said: ${judged}`] : []),
    verdict === 'exact' ? 'bit-exact: every action and command has the recorded bits' : 'DIFFERENT from the recording',
    table(['', 'compared', 'different'], rows),
    ...(first ? [`first difference: period ${first.period} at ${first.time.toFixed(4)} s: ${first.cause}`] : []),
    ...(first?.largest ? [difference(first.largest)] : []),
    ...altered.map(({ stream, period, stamp }) => {
      return `altered sample: stream ${stream}, stamp ${stamp.toFixed(4)} s, in period ${period}`;
    }),
    ...changed.map(({ what, recorded, present }) => `${what}: recorded with ${recorded}, now ${present}`),
    ...(report.fault === undefined ? [] : [`recorded with the fault ${report.fault}, which a replay does not inject`]),
    ...(report.dropped > 0 ? [`${report.dropped} samples are missing from the recording`] : []),
    ...(report.cut ? [`cut off at byte ${report.cut.offset}: ${report.cut.reason}`] : []),
  ];
  return lines.join('\n');
}

const difference = ({
  name,
  element,
  value,
  recorded,
  by,
}: NonNullable<NonNullable<ReplayReport['first']>['largest']>) =>
  `  ${name}[${element}]: ${value} in place of ${recorded}, a difference of ${by}`;
