import type { SignalSpec } from '@praxis/core';
import type { BeatSource } from '../supervisor/monitors/loop-watchdog.ts';
import type { SafetyInput } from '../supervisor/states/state.ts';
import { commandBytes } from './command-mailbox.ts';
import { COUNTER_BYTES } from './event-counter.ts';
import { sampleBytes } from './sample-mailbox.ts';
import { recordBytes } from './seqlock.ts';

/** What may be asked of a supervisor in another thread. */
export type SupervisorRequest = Exclude<SafetyInput, 'initialise'>;
/** The graver first: those that come together are dealt with in this order. */
export const SUPERVISOR_REQUESTS: readonly SupervisorRequest[] = [
  'emergency_stop',
  'protective_stop',
  'hold',
  'reset',
  'start',
];
export const BEAT_SOURCES: readonly BeatSource[] = ['loop', 'policy'];
/** By the number that stands for it; 0 before anything was said. */
export const QUEUE_STATES = ['unknown', 'empty', 'filled'] as const;
/** State, whether it is powered, and time of the supervisor's last tick. */
export const STATE_VALUES = 3;

/** What two threads have to agree on to meet in shared memory. Goes to a worker as it is. */
export interface SharedSafety {
  readonly memory: SharedArrayBuffer;
  /** Joints of a command. */
  readonly joints: number;
  /** Streams whose samples go to the supervisor through the memory; the others it gets on its own side. */
  readonly streams: readonly SignalSpec[];
}

/** Where things lie (bytes). */
export function memoryLayout({ joints, streams }: Omit<SharedSafety, 'memory'>) {
  let end = 0;
  const place = (bytes: number): number => {
    const at = end;
    end += bytes;
    return at;
  };
  return {
    command: place(commandBytes(joints)),
    state: place(recordBytes(STATE_VALUES)),
    beats: BEAT_SOURCES.map(() => place(COUNTER_BYTES)),
    queue: place(COUNTER_BYTES),
    requests: SUPERVISOR_REQUESTS.map(() => place(COUNTER_BYTES)),
    samples: streams.map((spec) => place(sampleBytes(spec))),
    bytes: end,
  };
}

/**
 * Memory for a supervisor in a thread of its own.
 * @param joints of a command
 * @param streams of float64 whose samples are to cross; none where the supervisor's side has the sensors
 */
export function shareSafety(joints: number, streams: readonly SignalSpec[] = []): SharedSafety {
  const numbers = streams.filter(({ dtype }) => dtype === 'float64');
  const { bytes } = memoryLayout({ joints, streams: numbers });
  return { memory: new SharedArrayBuffer(bytes), joints, streams: numbers };
}
