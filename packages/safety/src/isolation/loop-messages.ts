import type { ArmCommand, Clock, Stamped, StreamValue } from '@praxis/core';
import { BEAT_SOURCES, type BeatSource } from '../supervisor/monitors/loop-watchdog.ts';
import type { QueueState } from '../supervisor/monitors/queue-monitor.ts';
import { SAFETY_STATES, type SafetyState } from '../supervisor/states/state-machine.ts';
import { CommandReader } from './command-mailbox.ts';
import { EventCounterReader } from './event-counter.ts';
import {
  memoryLayout,
  QUEUE_STATES,
  type SharedSafety,
  STATE_VALUES,
  SUPERVISOR_REQUESTS,
  type SupervisorRequest,
} from './memory-layout.ts';
import { SampleReader } from './sample-mailbox.ts';
import { RecordWriter } from './seqlock.ts';

/** What receives the loop's messages: a supervisor, or those of several command groups. */
export interface MessageTarget {
  /** @param name command; the positions of a base's command are its velocities */
  acceptCommand(name: string, command: Stamped<ArmCommand>, now: number): void;
  acceptSample(stream: string, sample: Stamped<StreamValue>, now: number): void;
  beat(source: BeatSource, now: number): void;
  reportQueue(state: QueueState, now: number): void;
  handleRequest(request: SupervisorRequest, now: number): void;
}

/** The supervisors' end of the shared memory: reads the loop's messages and writes the status. */
export class LoopMessages {
  readonly #clock: Clock;
  readonly #target: MessageTarget;
  readonly #commands: readonly { readonly name: string; readonly reader: CommandReader }[];
  readonly #beats: readonly EventCounterReader[];
  readonly #queue: Int32Array;
  readonly #requests: readonly EventCounterReader[];
  readonly #samples: readonly { readonly stream: string; readonly reader: SampleReader }[];
  readonly #state: RecordWriter;

  /** @param clock clock of the supervisors; it must not depend on the loop */
  constructor(target: MessageTarget, shared: SharedSafety, clock: Clock) {
    const { memory, commands, streams } = shared;
    const at = memoryLayout(shared);
    this.#target = target;
    this.#clock = clock;
    this.#commands = commands.map(({ name, size }, i) => {
      return { name, reader: new CommandReader(memory, at.commands[i], size) };
    });
    const cells = (places: readonly number[]) => places.map((place) => new EventCounterReader(memory, place));
    this.#beats = cells(at.beats);
    this.#queue = new Int32Array(memory, at.queue, 1);
    this.#requests = cells(at.requests);
    this.#samples = streams.map((spec, i) => {
      return { stream: spec.name, reader: new SampleReader(memory, at.samples[i], spec) };
    });
    this.#state = new RecordWriter(memory, at.state, STATE_VALUES);
  }

  /** Passes all new messages on. */
  poll(): void {
    const now = this.#clock.now();
    const target = this.#target;
    for (let i = 0; i < this.#samples.length; i++) {
      const { stream, reader } = this.#samples[i];
      for (let sample = reader.next(); sample; sample = reader.next()) target.acceptSample(stream, sample, now);
    }
    for (let i = 0; i < this.#commands.length; i++) {
      const { name, reader } = this.#commands[i];
      const command = reader.next();
      if (command) target.acceptCommand(name, command, now);
    }
    for (let i = 0; i < this.#beats.length; i++) {
      if (this.#beats[i].hasNew()) target.beat(BEAT_SOURCES[i], now);
    }
    target.reportQueue(QUEUE_STATES[Atomics.load(this.#queue, 0)], now);
    for (let i = 0; i < this.#requests.length; i++)
      if (this.#requests[i].hasNew()) target.handleRequest(SUPERVISOR_REQUESTS[i], now);
  }

  /** Writes the status into the memory. @param now present time (s) */
  publish(state: SafetyState, powered: boolean, now: number): void {
    const { values } = this.#state;
    values[0] = SAFETY_STATES.indexOf(state);
    values[1] = powered ? 1 : 0;
    values[2] = now;
    this.#state.publish();
  }
}
