import type { Clock } from '@praxis/core';
import { BEAT_SOURCES } from '../supervisor/monitors/loop-watchdog.ts';
import type { SupervisorOutput } from '../supervisor/options.ts';
import { SAFETY_STATES } from '../supervisor/states/state-machine.ts';
import type { Supervisor } from '../supervisor/supervisor.ts';
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

const REQUEST_REASON = 'requested by the loop';

/**
 * The supervisor's end of the shared memory, in a thread or process of its own. It passes the loop's messages to the
 * supervisor and ticks it by its own clock, whatever happens to the loop. Its owner calls {@link tick} every period and
 * sends the output.
 */
export class SupervisorHost {
  /** The hosted supervisor. */
  readonly supervisor: Supervisor;
  readonly #clock: Clock;
  readonly #commands: CommandReader;
  readonly #beats: readonly EventCounterReader[];
  readonly #queue: Int32Array;
  readonly #requests: readonly EventCounterReader[];
  readonly #samples: readonly { readonly stream: string; readonly reader: SampleReader }[];
  readonly #state: RecordWriter;

  /** @param clock clock of the supervisor; it must not depend on the loop */
  constructor(supervisor: Supervisor, shared: SharedSafety, clock: Clock) {
    const { memory, joints, streams } = shared;
    const at = memoryLayout(shared);
    this.supervisor = supervisor;
    this.#clock = clock;
    this.#commands = new CommandReader(memory, at.command, joints);
    const cells = (places: readonly number[]) => places.map((place) => new EventCounterReader(memory, place));
    this.#beats = cells(at.beats);
    this.#queue = new Int32Array(memory, at.queue, 1);
    this.#requests = cells(at.requests);
    this.#samples = streams.map((spec, i) => {
      return { stream: spec.name, reader: new SampleReader(memory, at.samples[i], spec) };
    });
    this.#state = new RecordWriter(memory, at.state, STATE_VALUES);
  }

  /**
   * Passes all new messages to the supervisor. {@link tick} calls it; call it alone if a `SupervisedRobot` runs the
   * ticks.
   */
  poll(): void {
    const now = this.#clock.now();
    for (let i = 0; i < this.#samples.length; i++) {
      const { stream, reader } = this.#samples[i];
      for (let sample = reader.next(); sample; sample = reader.next()) {
        this.supervisor.acceptSample(stream, sample, now);
      }
    }
    const command = this.#commands.next();
    if (command) this.supervisor.acceptCommand(command, now);
    for (let i = 0; i < this.#beats.length; i++) {
      if (this.#beats[i].hasNew()) this.supervisor.beat(BEAT_SOURCES[i], now);
    }
    const queue = QUEUE_STATES[Atomics.load(this.#queue, 0)];
    if (queue !== 'unknown') this.supervisor.reportQueue(queue, now);
    for (let i = 0; i < this.#requests.length; i++)
      if (this.#requests[i].hasNew()) this.#handleRequest(SUPERVISOR_REQUESTS[i], now);
  }

  /** Runs one period. */
  tick(): SupervisorOutput {
    this.poll();
    const now = this.#clock.now();
    const output = this.supervisor.tick(now);
    this.publish(now, output.powered);
    return output;
  }

  /** Writes the supervisor's status into the memory. {@link tick} calls it. @param now present time (s) */
  publish(now: number, powered: boolean): void {
    const { values } = this.#state;
    values[0] = SAFETY_STATES.indexOf(this.supervisor.state);
    values[1] = powered ? 1 : 0;
    values[2] = now;
    this.#state.publish();
  }

  #handleRequest(request: SupervisorRequest, now: number): void {
    const { supervisor } = this;
    switch (request) {
      case 'start':
        supervisor.start(now);
        return;
      case 'reset':
        supervisor.reset(now);
        return;
      case 'hold':
        supervisor.hold(now, REQUEST_REASON);
        return;
      case 'protective_stop':
        supervisor.protectiveStop(now, REQUEST_REASON);
        return;
      case 'emergency_stop':
        supervisor.emergencyStop(now, REQUEST_REASON);
    }
  }
}
