import { firstLine } from '@praxis/core';
import { fixed, percent, table } from '../report/format.ts';
import { shardText } from '../sharding/shard.ts';
import type { EvaluationReport, TaskReport } from './report.ts';
import type { FaultReport } from './safety-report.ts';

const interval = ([lo, hi]: readonly [number, number]): string =>
  `${(100 * lo).toFixed(1)}..${(100 * hi).toFixed(1)} %`;

const taskRow = (task: TaskReport): readonly string[] => [
  task.task,
  `${task.successes}/${task.episodes}`,
  percent(task.success_rate),
  interval(task.wilson95),
  percent(task.instruction_followed_rate),
  fixed(task.time_s.p50, 1),
  fixed(task.time_s.p95, 1),
  fixed(task.peak_force_n.p50, 1),
  fixed(task.peak_force_n.max, 1),
];

const COLUMNS = ['task', 'successes', 'rate', 'Wilson 95 %', 'followed', 't p50 s', 't p95 s', 'F p50 N', 'F max N'];

const formatCounts = (of: Readonly<Record<string, number>>): string =>
  Object.entries(of)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ') || 'none';

function faultLines(fault: FaultReport): readonly string[] {
  const { time_to_stop_ms: stop, hold_ms: hold, distance_m: travel, peak_force_n: force, unsupervised } = fault;
  const unsupervisedText = unsupervised
    ? `; without supervisor ${fixed(unsupervised.peak_force_n.p50, 0)} p50, ${fixed(unsupervised.peak_force_n.max, 0)} max, ` +
      `lower by ${percent(unsupervised.reduction.p50)} p50, ${percent(unsupervised.reduction.min)} at least`
    : '';
  return [
    `fault ${fault.name}: injected into ${fault.injected} episodes, tolerated in ${fault.tolerated}`,
    `  stop after ${fixed(hold.p50, 0)} ms p50, ${fixed(hold.p99, 0)} p99, ${fixed(hold.max, 0)} max; ` +
      `arm stands after ${fixed(stop.p50, 0)} ms p50, ${fixed(stop.p99, 0)} p99, ${fixed(stop.max, 0)} max; ` +
      `travel ${fixed(travel.p50, 3)} m p50, ${fixed(travel.max, 3)} max`,
    `  force ${fixed(force.p50, 0)} N p50, ${fixed(force.max, 0)} max${unsupervisedText}`,
    `  final state: ${formatCounts(fault.final_states)}; cause: ${formatCounts(fault.causes)}`,
    `  ${fault.moving_at_end} still moving, ${fault.limit_violations} limits passed, ${fault.false_stops} false stops`,
  ];
}

function supervisorLines({ safety, fault }: EvaluationReport): readonly string[] {
  if (fault) return faultLines(fault);
  if (!safety) return ['supervisor off'];
  return [`supervisor: ${safety.false_stops} false stops, ${safety.limit_violations} limits passed`];
}

const countLines = (task: string, counts: TaskReport['by_wording']): readonly string[] =>
  counts
    ? [
        `${task}: ${Object.entries(counts)
          .map(([name, { successes, episodes }]) => `${name} ${successes}/${episodes}`)
          .join(', ')}`,
      ]
    : [];

const withoutOrWith = ({
  ablation,
  perturbations,
  touch,
  added_inference_delay_s: delay,
  scheduler,
  absent,
  instructions_read: isRead,
}: EvaluationReport): string =>
  (isRead ? ', instructions read first' : '') +
  (ablation ? `, without ${ablation.mask.join(', ')}` : '') +
  (perturbations ? `, perturbed ${perturbations.join(', ')}` : '') +
  (touch === undefined ? '' : `, touch ${touch}`) +
  (delay === undefined ? '' : `, inferences ${delay} s longer`) +
  (scheduler === undefined ? '' : `, ${scheduler}`) +
  (absent ? ', asked for things that are not there' : '');

/** Formats a report as text for a terminal. */
export function reportTable(report: EvaluationReport): string {
  const { loop, sim } = report;
  const lines = [
    `policy ${report.policy}${report.arm === undefined ? '' : `, arm ${report.arm}`}, seeds from ${report.seed}${report.shard ? `, shard ${shardText(report.shard)}` : ''}${withoutOrWith(report)}`,
    table(COLUMNS, report.tasks.map(taskRow)),
    ...report.tasks.flatMap(({ task, swap }) =>
      swap
        ? [`${task}: another object named, taken in ${swap.followed}/${swap.episodes}, ${interval(swap.wilson95)}`]
        : [],
    ),
    ...report.tasks.flatMap(({ task, by_wording: kinds }) => countLines(task, kinds)),
    ...report.tasks.flatMap(({ task, by_absent: kinds, failures = {} }) =>
      countLines(task, kinds).map((line) => `${line} without motion; failures: ${formatCounts(failures)}`),
    ),
    ...report.tasks.flatMap(({ task, score }) =>
      score
        ? [
            `${task}: score ${fixed(score.mean, 1)}${score.interval95 ? ` (95 % ${score.interval95.map((each) => each.toFixed(1)).join(' to ')})` : ''}`,
          ]
        : [],
    ),
    ...report.tasks.flatMap(({ task, failed_seeds: seeds }) =>
      seeds.length > 0
        ? [`${task}: failed seeds ${seeds.slice(0, 12).join(' ')}${seeds.length > 12 ? ' ...' : ''}`]
        : [],
    ),
    ...report.tasks.flatMap(({ plans }) =>
      (plans?.failures ?? []).map(({ seed, cause, detail }) => `  seed ${seed}, ${cause}: ${firstLine(detail)}`),
    ),
    ...report.tasks.flatMap(({ task, policy_errors: errors }) =>
      errors ? [`${task}: the policy failed in ${errors.episodes} episodes: ${firstLine(errors.first)}`] : [],
    ),
    `policy step ${fixed(loop.policy_ms.p50, 2)} ms p50, ${fixed(loop.policy_ms.p99, 2)} ms p99, ${fixed(loop.policy_ms.max, 2)} ms max; ` +
      `${loop.missed_deadlines} missed deadlines, ${loop.empty_queue_ticks} ticks with an empty queue`,
    `${Math.round(sim.steps_per_s)} steps/s, ${fixed(sim.realtime_factor, 1)} times real time`,
    ...supervisorLines(report),
    `trace ${report.trace_sha256}`,
    ...(report.partial ? ['PARTIAL: interrupted before the last episode'] : []),
  ];
  return lines.join('\n');
}
