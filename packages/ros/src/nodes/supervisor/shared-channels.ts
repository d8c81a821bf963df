import type { SignalSpec } from '@praxis/core';
import { SampleReader, SampleWriter, sampleBytes } from '@praxis/safety';
import type { TickTiming } from '../../rcl/tick-timing.ts';

/** Memory through which the thread of ROS and the thread of the supervisor exchange samples, commands and targets. */
export interface SharedChannels {
  readonly memory: SharedArrayBuffer;
  /** Streams of numbers that pass through the memory. Images pass as messages. */
  readonly streams: readonly SignalSpec[];
  /** The command groups. */
  readonly groups: readonly GroupChannels[];
}

/** The commands and targets of one command group. */
export interface GroupChannels {
  /** Name of the group's command. */
  readonly name: string;
  /** Number of positions of a command: those of the joints, or the velocities of a base. */
  readonly size: number;
}

const PROGRESS_COUNTERS = 6;
const PROGRESS_BYTES = 8 * PROGRESS_COUNTERS;

const vector = (name: string, size: number): SignalSpec => ({
  name,
  modality: name,
  dtype: 'float64',
  shape: [size],
  unit: '1',
  frame: '',
  rateHz: 0,
});

/** Allocates the channels. @param streams streams of the robot; those without numbers are left out */
export function shareChannels(streams: readonly SignalSpec[], groups: readonly GroupChannels[]): SharedChannels {
  const numbers = streams.filter(({ dtype }) => dtype === 'float64');
  const { bytes } = layoutOf({ streams: numbers, groups });
  return { memory: new SharedArrayBuffer(bytes), streams: numbers, groups };
}

function layoutOf({ streams, groups }: Omit<SharedChannels, 'memory'>) {
  let end = 0;
  const place = (bytes: number): number => {
    const at = end;
    end += bytes;
    return at;
  };
  const channel = (spec: SignalSpec) => ({ spec, at: place(sampleBytes(spec)) });
  const channelOfGroup = (name: string, spec: SignalSpec) => ({ name, ...channel(spec) });
  return {
    progress: place(PROGRESS_BYTES),
    samples: streams.map(channel),
    // Positions and the gripper's width.
    commands: groups.map(({ name, size }) => channelOfGroup(name, vector('command', size + 1))),
    // State of the queue.
    heartbeat: channel(vector('heartbeat', 1)),
    // Number of the target, positions, velocities and the gripper's width.
    targets: groups.map(({ name, size }) => channelOfGroup(name, vector('target', 2 + 2 * size))),
    bytes: end,
  };
}

/** Counters that both threads see. */
export class Progress {
  readonly #counters: BigInt64Array;

  constructor(memory: SharedArrayBuffer, byteOffset: number) {
    this.#counters = new BigInt64Array(memory, byteOffset, PROGRESS_COUNTERS);
  }

  /** Number of the newest target that the thread of ROS has published. */
  get published(): number {
    return this.#load(0);
  }

  set published(target: number) {
    this.#store(0, target);
  }

  /** True while the thread of ROS is inside a call that publishes targets. */
  get publishing(): boolean {
    return this.#load(1) === 1;
  }

  set publishing(inside: boolean) {
    this.#store(1, inside ? 1 : 0);
  }

  /** Number of ticks of the supervisor. */
  get ticks(): number {
    return this.#load(5);
  }

  set ticks(count: number) {
    this.#store(5, count);
  }

  /** How late the supervisor's ticks were since the first measurement of the arm. */
  get timing(): TickTiming {
    return { count: this.#load(2), lateCount: this.#load(3), longestDelayS: this.#load(4) / 1e6 };
  }

  set timing({ count, lateCount, longestDelayS }: TickTiming) {
    this.#store(2, count);
    this.#store(3, lateCount);
    this.#store(4, Math.round(1e6 * longestDelayS));
  }

  #load(index: number): number {
    return Number(Atomics.load(this.#counters, index));
  }

  #store(index: number, value: number): void {
    Atomics.store(this.#counters, index, BigInt(value));
  }
}

/** The ends of the channels that the thread of ROS holds. */
export function rosEnds(channels: SharedChannels) {
  const { memory } = channels;
  const { progress, samples, commands, heartbeat, targets } = layoutOf(channels);
  return {
    progress: new Progress(memory, progress),
    samples: new Map(samples.map(({ spec, at }) => [spec.name, new SampleWriter(memory, at, spec)])),
    commands: new Map(commands.map(({ name, spec, at }) => [name, new SampleWriter(memory, at, spec)])),
    heartbeats: new SampleWriter(memory, heartbeat.at, heartbeat.spec),
    targets: new Map(targets.map(({ name, spec, at }) => [name, new SampleReader(memory, at, spec)])),
  };
}

/** The ends of the channels that the thread of the supervisor holds. */
export function supervisorEnds(channels: SharedChannels) {
  const { memory } = channels;
  const { progress, samples, commands, heartbeat, targets } = layoutOf(channels);
  return {
    progress: new Progress(memory, progress),
    samples: samples.map(({ spec, at }) => ({ stream: spec.name, reader: new SampleReader(memory, at, spec) })),
    commands: new Map(commands.map(({ name, spec, at }) => [name, new SampleReader(memory, at, spec)])),
    heartbeats: new SampleReader(memory, heartbeat.at, heartbeat.spec),
    targets: new Map(targets.map(({ name, spec, at }) => [name, new SampleWriter(memory, at, spec)])),
  };
}
