import { spawnSync } from 'node:child_process';
import { InputError } from '@praxis/core';
import type { ParameterSpec } from './parameters.ts';
import type { RclLogger } from './types.ts';

/**
 * Priorities under SCHED_RR (1 to 99), above every normal process and below the threads of the kernel. A part that guards
 * another one comes before it: equal priorities share the processor in slices of 100 ms.
 */
export const REAL_TIME_PRIORITY = {
  /** The thread in which the supervisor ticks. */
  supervisorThread: 50,
  /** The thread of ROS beside it, and those of the middleware. */
  supervisor: 40,
  /** A node with a control loop. */
  loop: 30,
  /** The simulator, which stands for the drivers of a robot. */
  simulator: 20,
  /** The process of a policy: the loop comes before its inference. */
  policy: 10,
  /** The node that listens: a stop word is heard on a busy machine too, and recognition delays nothing that moves the arm. */
  speech: 5,
} as const;

/** Parameter of every node that must not be late. */
export const REAL_TIME_PARAMETER = {
  realtime: {
    type: 'string',
    value: 'auto',
    oneOf: ['auto', 'required', 'never'],
    description:
      'Real-time scheduling (SCHED_RR). auto: where the system permits it; required: the node does not start without it; never.',
  },
} as const satisfies Record<string, ParameterSpec>;

/** Value of {@link REAL_TIME_PARAMETER}. */
export type RealTimeMode = (typeof REAL_TIME_PARAMETER.realtime.oneOf)[number];

/** What to do where real-time scheduling is refused, in one line. */
export const REAL_TIME_ADVICE = 'allow an rtprio of 50 in /etc/security/limits.d and log in again (docs/ros2.md)';

/** Runs `chrt` of util-linux. @returns the reason of a failure */
export type Chrt = (args: readonly string[]) => string | undefined;

const chrt: Chrt = (args) => {
  const { status, stderr, error } = spawnSync('chrt', args, { encoding: 'utf8' });
  return status === 0 ? undefined : (error?.message ?? stderr.trim());
};

/**
 * Asks for real-time scheduling. Processes that the task starts later do not have it: a compiler at the priority of a loop would
 * stop the machine.
 * @param task process or thread id
 * @param scope all present threads of the process, or the one thread
 * @returns the reason of a refusal in one line; undefined when the system granted it
 */
export function requestRealTime(
  task: number,
  priority: number,
  scope: 'process' | 'thread',
  run: Chrt = chrt,
): string | undefined {
  const all = scope === 'process' ? ['--all-tasks'] : [];
  return run(['--rr', '--reset-on-fork', ...all, '--pid', String(priority), String(task)])?.replace(/\s+/g, ' ');
}

/**
 * Gives real-time scheduling to this process, as the parameter says. Call it when the process has started up: only present
 * threads get it. One line in the log says so when the system refuses it.
 * @throws {InputError} when the system refuses it and the parameter is `required`
 */
export function setUpRealTime(
  log: Pick<RclLogger, 'warn'>,
  mode: RealTimeMode,
  priority: number,
  run: Chrt = chrt,
): 'granted' | 'none' {
  if (mode === 'never') return 'none';
  const refusal = requestRealTime(process.pid, priority, 'process', run);
  if (refusal === undefined) return 'granted';
  if (mode === 'required')
    throw new InputError(`parameter realtime: required, but the system refuses it: ${refusal}; ${REAL_TIME_ADVICE}`);
  log.warn(`no real-time scheduling (${refusal}): on a busy machine the arm is held; ${REAL_TIME_ADVICE}`);
  return 'none';
}

/**
 * Gives real-time scheduling to a node with a control loop, and a lower priority to the process of its policy. A process that
 * is started later needs another call.
 * @param policy process id; undefined while no process runs
 * @throws {InputError} as {@link setUpRealTime}
 */
export function setUpLoopRealTime(
  log: Pick<RclLogger, 'warn'>,
  mode: RealTimeMode,
  policy: number | undefined,
  run: Chrt = chrt,
): void {
  if (setUpRealTime(log, mode, REAL_TIME_PRIORITY.loop, run) === 'granted' && policy !== undefined)
    requestRealTime(policy, REAL_TIME_PRIORITY.policy, 'process', run);
}
