import { isStop } from '@praxis/safety';
import { type Diagnostics, ERROR, OK, type Report, WARN } from '../../diagnostics/diagnostics.ts';
import { topicReport } from '../../diagnostics/topic-report.ts';
import type { Output } from '../../output/output.ts';
import type { RosSession } from '../../rcl/session.ts';
import { LATE_TICK_S } from '../../rcl/tick-timing.ts';
import type { TopicStatus } from '../../streams/topic.ts';
import { type CommandAuthority, nameOf } from './command-authority.ts';
import type { SupervisorThread } from './supervisor-thread.ts';

/** Name of the diagnostics part for the supervisor's state. */
export const STATE_PART = 'state';
/** Rate (Hz) that sets the silence limit of every sensor in the diagnostics: half a second without a message. */
const SILENCE_RATE_HZ = 10;
/** Name of the diagnostics part for the timing of the periods. */
const TIMING_PART = 'timing';
/** Name of the diagnostics part for the node that commands the arm. */
const COMMANDER_PART = 'commander';

/** What the diagnostics report on. */
export interface Reported {
  readonly supervisor: SupervisorThread;
  /** Topics by stream name, those of commands by their own. */
  readonly topics: ReadonlyMap<string, TopicStatus>;
  readonly outputs: readonly Output[];
  /** Names of the topics of the commands. */
  readonly commands: readonly string[];
  readonly authority: CommandAuthority;
}

/** Adds the parts of the node's diagnostics: state, timing, commander, each topic, and each output. */
export function addDiagnostics(
  { node, clock }: RosSession,
  diagnostics: Diagnostics,
  { supervisor, topics, outputs, commands, authority }: Reported,
): void {
  diagnostics.add(STATE_PART, (): Report => {
    const { state, stopCause, lastReport } = supervisor;
    const groups = Object.fromEntries(supervisor.groupStates);
    if (isStop(state)) {
      const values = { cause: stopCause?.cause ?? '', ...groups };
      return { level: ERROR, message: `${state}: ${stopCause?.message}`, values };
    }
    return {
      level: state === 'idle' ? WARN : OK,
      message: state === 'idle' ? 'idle: no joint state has been received' : state,
      values: { ...(lastReport ? { reported: lastReport.message } : {}), ...groups },
    };
  });
  let lateCount = 0;
  diagnostics.add(TIMING_PART, () => {
    const { timing } = supervisor;
    const late = timing.lateCount - lateCount;
    lateCount = timing.lateCount;
    return {
      level: late > 0 ? WARN : OK,
      message: late > 0 ? `${late} late ticks` : 'in time',
      values: figuresOf(supervisor),
    };
  });
  for (const [name, topic] of topics) {
    const rateHz = commands.includes(name) ? 0 : SILENCE_RATE_HZ;
    const reporter = topicReport({ node, clock, topic, rateHz });
    diagnostics.add(name, () => (supervisor.needs(name) ? reporter() : asUnneeded(reporter())));
  }
  for (const output of outputs) {
    if (output.name === 'none') continue;
    diagnostics.add(output.name, () =>
      output.listeners > 0
        ? { level: OK, message: `${output.listeners} subscribers` }
        : { level: WARN, message: 'no controller subscribes' },
    );
  }
  diagnostics.add(COMMANDER_PART, () => commanderReport(authority, clock.now()));
}

/** A stream that nothing needs is no error of the arm. */
const asUnneeded = (report: Report): Report =>
  report.level === OK ? report : { ...report, level: WARN, message: `${report.message}; nothing needs it` };

function commanderReport(authority: CommandAuthority, now: number): Report {
  const conflict = authority.conflict(now);
  if (conflict !== undefined) return { level: ERROR, message: conflict };
  const commander = authority.commander(now);
  return { level: OK, message: commander === undefined ? 'no node commands the arm' : nameOf(commander) };
}

/** How late the supervisor's periods were, and how long their publication took. */
const figuresOf = ({ timing, longestPublishS }: SupervisorThread) => ({
  ticks: timing.count,
  'late ticks': timing.lateCount,
  'latest tick (ms)': (1000 * timing.longestDelayS).toFixed(1),
  'longest publish (ms)': (1000 * longestPublishS).toFixed(1),
});

/** The timing of all periods, in one line. */
export function timingOf({ timing, longestPublishS }: SupervisorThread): string {
  const { count, lateCount, longestDelayS } = timing;
  const ms = (seconds: number): string => `${(1000 * seconds).toFixed(1)} ms`;
  return (
    `${count} ticks, ${lateCount} later than ${(1000 * LATE_TICK_S).toFixed(0)} ms, the latest by ${ms(longestDelayS)}; ` +
    `the longest publish took ${ms(longestPublishS)}`
  );
}
