import type { SignalSpec } from '@praxis/core';
import { BEAT_SOURCES } from '../supervisor/monitors/loop-watchdog.ts';
import type { QueueState } from '../supervisor/monitors/queue-monitor.ts';
import type { SafetyInput } from '../supervisor/states/state-machine.ts';
import { commandBytes } from './command-mailbox.ts';
import { COUNTER_BYTES } from './event-counter.ts';
import { sampleBytes } from './sample-mailbox.ts';
import { recordBytes } from './seqlock.ts';

/** A request to a supervisor in another thread: a stop, a reset or a start. */
export type SupervisorRequest = Exclude<SafetyInput, 'initialise'>;
/** The most severe request first; requests that arrive together are handled in this order. */
export const SUPERVISOR_REQUESTS: readonly SupervisorRequest[] = [
  'emergency_stop',
  'protective_stop',
  'hold',
  'reset',
  'start',
];
/** States of the queue by their number in memory; 0 before the first report. */
export const QUEUE_STATES: readonly QueueState[] = ['unknown', 'empty', 'filled'];
/** Numbers of the status record: state, power, and time of the supervisor's last tick. */
export const STATE_VALUES = 3;

/** A command that passes through the memory. */
export interface SharedCommand {
  readonly name: string;
  /** Number of joints of an arm, or of velocities of a driven base. */
  readonly size: number;
}

/** Shared memory between a control loop and a supervisor in another thread. It can be posted to a worker. */
export interface SharedSafety {
  /** Memory that holds the mailboxes, counters and the status. */
  readonly memory: SharedArrayBuffer;
  /** Commands of the robot: of one arm, or of each command group. */
  readonly commands: readonly SharedCommand[];
  /** Streams whose samples pass through the memory; the supervisor's thread reads all others itself. */
  readonly streams: readonly SignalSpec[];
}

/** Offsets of all parts (bytes). */
export function memoryLayout({ commands, streams }: Omit<SharedSafety, 'memory'>) {
  let end = 0;
  const place = (bytes: number): number => {
    const at = end;
    end += bytes;
    return at;
  };
  return {
    commands: commands.map(({ size }) => place(commandBytes(size))),
    state: place(recordBytes(STATE_VALUES)),
    beats: BEAT_SOURCES.map(() => place(COUNTER_BYTES)),
    queue: place(COUNTER_BYTES),
    requests: SUPERVISOR_REQUESTS.map(() => place(COUNTER_BYTES)),
    samples: streams.map((spec) => place(sampleBytes(spec))),
    bytes: end,
  };
}

/**
 * Allocates the memory for a supervisor, or for those of several command groups, in a thread of their own.
 * @param commands number of joints of the command `arm`, or every command of the robot
 * @param streams streams whose float64 samples pass through the memory; none if the supervisor's thread has the sensors
 */
export function shareSafety(
  commands: number | readonly SharedCommand[],
  streams: readonly SignalSpec[] = [],
): SharedSafety {
  const numbers = streams.filter(({ dtype }) => dtype === 'float64');
  const named = typeof commands === 'number' ? [{ name: 'arm', size: commands }] : commands;
  const { bytes } = memoryLayout({ commands: named, streams: numbers });
  return { memory: new SharedArrayBuffer(bytes), commands: named, streams: numbers };
}
