import type { FaultReport } from '../evaluate/safety-report.ts';
import { fixed, markdownTable } from '../report/format.ts';
import { shardText } from '../sharding/shard.ts';
import type { FaultMatrix } from './matrix.ts';

const wholePercent = (value: number | null): string => (value === null ? '-' : `${(100 * value).toFixed(0)} %`);
const millimetres = (metres: number | null): string => fixed(metres === null ? null : 1000 * metres);
const percentileTriple = ({ p50, p99, max }: FaultReport['hold_ms']): string =>
  `${fixed(p50)} / ${fixed(p99)} / ${fixed(max)}`;

const formatCounts = (of: Readonly<Record<string, number>>): string =>
  Object.entries(of)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `\`${name}\` ${count}`)
    .join(', ') || '-';

/** Formats a count, followed by the causes where they are known. */
const countWithCauses = (number: number, of: Readonly<Record<string, number>>): string =>
  Object.keys(of).length === 0 ? String(number) : `${number}: ${formatCounts(of)}`;

/** The robot of the page; the Praxis arm is not named. */
const robotOf = ({ robot }: FaultMatrix): string => (robot === 'praxis_arm' ? '' : `, robot \`${robot}\``);

const pageTable = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  markdownTable(head, rows).join('\n');

const COLUMNS = [
  'fault',
  'episodes',
  'supervisor stops after, ms',
  'arm stands after, ms',
  'travel, mm',
  'peak force, N',
  'final state',
  'cause',
  'tolerated',
  'false stops',
  'limits passed',
  'moving at the end',
];

const faultRow = (fault: FaultReport): readonly string[] => [
  `\`${fault.name}\``,
  String(fault.injected),
  percentileTriple(fault.hold_ms),
  percentileTriple(fault.time_to_stop_ms),
  `${millimetres(fault.distance_m.p50)} / ${millimetres(fault.distance_m.max)}`,
  `${fixed(fault.peak_force_n.p50)} / ${fixed(fault.peak_force_n.max)}`,
  formatCounts(fault.final_states),
  formatCounts(fault.causes),
  String(fault.tolerated),
  countWithCauses(fault.false_stops, fault.false_stop_causes),
  String(fault.limit_violations),
  String(fault.moving_at_end),
];

function impactSection(rows: readonly FaultReport[]): string {
  const lines = rows.flatMap(({ name, peak_force_n: on, unsupervised }) => {
    if (!unsupervised) return [];
    const { peak_force_n: off, reduction } = unsupervised;
    return [
      [
        `\`${name}\``,
        `${fixed(on.p50)} / ${fixed(on.max)}`,
        `${fixed(off.p50)} / ${fixed(off.max)}`,
        wholePercent(reduction.mean_peak),
        wholePercent(reduction.p50),
        wholePercent(reduction.min),
      ],
    ];
  });
  if (lines.length === 0) return '';
  const head = ['impact', 'supervised, N', 'unsupervised, N', 'mean reduction', 'median reduction', 'least reduction'];
  return `
## Impacts with and without the supervisor

Peak force between the impactor and the arm, p50 / max. Each impact is simulated twice, with and without the supervisor.
\`arm_struck\` is a padded cart that a person pushes against the hand until the person feels the contact. \`arm_struck_hard\` is
as stiff as a forearm: its first peak comes within 10 ms, before a wrist sensor with up to 20 ms of delay and a drive with up to
40 ms of delay can react. Only a lower speed reduces that peak.

${pageTable(head, lines)}
`;
}

const wallClockSection = (rows: readonly FaultReport[]): string =>
  rows.length === 0
    ? ''
    : `
## Against the wall clock

These are real faults on the machine that made this page: the policy runs in its own process, physics and supervisor in their own
thread, the control loop in the main thread. \`policy_killed\` is SIGKILL, \`process_stopped\` is SIGSTOP, \`loop_blocked\` is a main
thread that computes for 500 ms. Times are wall-clock times from the signal. The supervisor detects a stopped process by its
heartbeat, whose deadline is 100 ms here; until then the arm executes the last chunk.

${pageTable(COLUMNS, rows.map(faultRow))}
`;

/** Formats the matrix as a Markdown page. @param command command line that the page names as its source */
export function matrixPage(facts: FaultMatrix, command: string): string {
  const { normal, episodes, rows, wall } = facts;
  const meanings = rows.map(({ name }) => [`\`${name}\``, facts.summaries[name]]);
  return `# Fault matrix

Made by \`${command}\`; do not edit. Policy \`${facts.policy}\`${robotOf(facts)}, tasks ${facts.tasks.join(' and ')} in turn, seeds from ${facts.seed},
${episodes} episodes a row${facts.shard ? ` of shard ${shardText(facts.shard)}` : ''}, in lock step: every figure is reproducible. Each fault is injected once, in mid-motion, at a time that
the seed determines, and stays until the end. Times are simulated and count from the fault. Travel, force and standstill are ground
truth of the physics, not sensor readings. Three numbers are p50 / p99 / max, two are p50 / max.

${pageTable(COLUMNS, rows.map(faultRow))}

Without a fault: ${episodes} episodes, ${normal.successes} successes, ${normal.false_stops} false stops, ${normal.limit_violations} limits passed.

- *Supervisor stops*: the supervisor has left \`running\`; from then on no command moves the arm. *Arm stands*: no joint moves faster
  than 0.02 rad/s from then until the end, at least 1.5 s later, while loop and policy keep running: a stop that cleared itself
  would show here.
- *Tolerated*: the task ran to its end in spite of the fault. These episodes do not count in the times and the travel.
- *Limits passed*: counted in every period of every episode, for the joint targets that reach the robot (position, velocity,
  acceleration, jerk by finite differences) and for the joints of the simulated arm (position, velocity).
${wallClockSection(wall)}${impactSection(rows)}
## Faults

${pageTable(['fault', 'description'], meanings)}
`;
}
