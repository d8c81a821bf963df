import { FAULTS } from '@praxis/sim';
import type { FaultReport } from '../evaluate/safety-report.ts';
import type { FaultMatrix } from './matrix.ts';

const fixed = (value: number | null, digits = 0): string => (value === null ? '-' : value.toFixed(digits));
const percent = (value: number | null): string => (value === null ? '-' : `${(100 * value).toFixed(0)} %`);
const millimetres = (metres: number | null): string => fixed(metres === null ? null : 1000 * metres);
const percentileTriple = ({ p50, p99, max }: FaultReport['hold_ms']): string =>
  `${fixed(p50)} / ${fixed(p99)} / ${fixed(max)}`;

const formatCounts = (of: Readonly<Record<string, number>>): string =>
  Object.entries(of)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `\`${name}\` ${count}`)
    .join(', ') || '-';

/** How many, and of what where that is known. */
const countWithCauses = (number: number, of: Readonly<Record<string, number>>): string =>
  Object.keys(of).length === 0 ? String(number) : `${number}: ${formatCounts(of)}`;

const pageTable = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

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
        percent(reduction.mean_peak),
        percent(reduction.p50),
        percent(reduction.min),
      ],
    ];
  });
  if (lines.length === 0) return '';
  const head = ['strike', 'guarded, N', 'unguarded, N', 'mean lower by', 'median lower by', 'least lower by'];
  return `
## The same strikes, guarded and unguarded

Peak force between what strikes and the arm, p50 / max; each strike is made twice, with the supervisor and without. \`arm_struck\`
is a padded cart that somebody pushes against the hand; it is pushed on until that person feels the contact. \`arm_struck_hard\`
is as stiff as a forearm: its first peak comes within 10 ms, before a wrist sensor with up to 20 ms of delay and a drive with
up to 40 ms can do anything about it. Only a lower speed makes that one weaker.

${pageTable(head, lines)}
`;
}

const wallClockSection = (rows: readonly FaultReport[]): string =>
  rows.length === 0
    ? ''
    : `
## Against the wall clock

For real, on the machine that made this page: the policy in a process of its own, physics and supervisor in a thread of their
own, the control loop in the main thread. \`policy_killed\` is SIGKILL, \`process_stopped\` SIGSTOP, \`loop_blocked\` a main thread
that computes for 500 ms. Times are real and count from the signal. A stopped process is noticed by its heartbeat, whose deadline is 100 ms here;
what its last chunk asks for is still being carried out until then.

${pageTable(COLUMNS, rows.map(faultRow))}
`;

/** The matrix as a page of Markdown. @param command that made it */
export function matrixPage(facts: FaultMatrix, command: string): string {
  const { normal, episodes, rows, wall } = facts;
  const meanings = rows.map(({ name }) => [`\`${name}\``, FAULTS.find((fault) => fault.name === name)!.summary]);
  return `# Fault matrix

Made by \`${command}\`; do not edit. Policy \`${facts.policy}\`, tasks ${facts.tasks.join(' and ')} in turn, seeds from ${facts.seed},
${episodes} episodes a row, in lock step: every figure repeats. Each fault happens once, in mid-motion, at a time that the
seed decides, and lasts. Times count from the fault, in simulated time; way, force and standstill are physics' own account, not a
sensor's. Three numbers are p50 / p99 / max, two are p50 / max.

${pageTable(COLUMNS, rows.map(faultRow))}

Without a fault: ${episodes} episodes, ${normal.successes} successes, ${normal.false_stops} false stops, ${normal.limit_violations} limits passed.

- *Supervisor stops*: it has left \`running\`; from then on no command moves the arm. *Arm stands*: no joint is faster than
  0.02 rad/s until the end, at least 1.5 s later, whatever loop and policy do meanwhile: a stop that cleared itself would show.
- *Tolerated*: the fault did not keep the arm from its task; at the end it was told to hold. Such episodes are in no time and no way.
- *Limits passed*: joint targets as they reach the robot, differentiated three times (position, velocity, acceleration, jerk),
  and the joints of the simulated arm (position, velocity), in every period of every episode.
${wallClockSection(wall)}${impactSection(rows)}
## What goes wrong

${pageTable(['fault', 'what'], meanings)}
`;
}
