import {
  type ArmCommand,
  BindError,
  type Clock,
  CommandError,
  checkArmCommand,
  commandJoints,
  type Robot,
  type RobotSpec,
  type Stamped,
  type StreamValue,
} from '@praxis/core';
import { type Observable, Subscription } from 'rxjs';
import type { BeatSource } from '../supervisor/monitors/loop-watchdog.ts';
import { SAFETY_STATES, type SafetyState } from '../supervisor/states/state.ts';
import { CommandWriter } from './command-mailbox.ts';
import { EventCounter } from './event-counter.ts';
import {
  BEAT_SOURCES,
  memoryLayout,
  QUEUE_STATES,
  type SharedSafety,
  STATE_VALUES,
  SUPERVISOR_REQUESTS,
  type SupervisorRequest,
} from './memory-layout.ts';
import { SampleWriter } from './sample-mailbox.ts';
import { RecordReader } from './seqlock.ts';

/** What the supervisor's side last said of itself. */
export interface SupervisorStatus {
  readonly state: SafetyState;
  readonly power: 'on' | 'off';
  /** s, on the supervisor's clock; 0 before its first tick. */
  readonly time: number;
}

/**
 * The loop's end of a supervisor in another thread: a robot whose commands go into shared memory and nowhere else. Streams
 * come from the robot given, which is not commanded from here.
 */
export class SharedRobot implements Robot {
  readonly spec: RobotSpec;
  readonly clock: Clock;
  readonly #robot: Robot;
  readonly #name: string;
  readonly #joints: readonly string[];
  readonly #commands: CommandWriter;
  readonly #beats: readonly EventCounter[];
  readonly #queue: Int32Array;
  readonly #requests: readonly EventCounter[];
  readonly #state: RecordReader;
  readonly #subscription = new Subscription();

  /** @param command its name. Default `arm`. @throws {BindError} when the robot has no such command. */
  constructor(robot: Robot, shared: SharedSafety, command = 'arm') {
    const { memory, joints, streams } = shared;
    const at = memoryLayout(shared);
    this.spec = robot.spec;
    this.clock = robot.clock;
    this.#robot = robot;
    this.#name = command;
    const spec = robot.spec.commands.find(({ name }) => name === command);
    if (!spec) throw new BindError(`robot ${robot.spec.name}: no command ${command} to supervise`);
    this.#joints = commandJoints(spec);
    this.#commands = new CommandWriter(memory, at.command, joints);
    const cells = (places: readonly number[]) => places.map((place) => new EventCounter(memory, place));
    this.#beats = cells(at.beats);
    this.#queue = new Int32Array(memory, at.queue, 1);
    this.#requests = cells(at.requests);
    this.#state = new RecordReader(memory, at.state, STATE_VALUES);
    for (const [i, spec] of streams.entries()) {
      const writer = new SampleWriter(memory, at.samples[i], spec);
      this.#subscription.add(robot.stream(spec.name).subscribe((sample) => writer.send(sample)));
    }
  }

  stream(name: string): Observable<Stamped<StreamValue>> {
    return this.#robot.stream(name);
  }

  /** @throws {CommandError} on a wrong name, size, or a value that is not finite; the supervisor gets to see it all the same. */
  command(name: string, command: Stamped<ArmCommand>): void {
    if (name !== this.#name) throw new CommandError(`no command "${name}": expected ${this.#name}`);
    this.#commands.send(command);
    checkArmCommand(name, this.#joints, command.value);
  }

  /** A sign of life: the loop's once a tick. */
  beat(source: BeatSource): void {
    this.#beats[BEAT_SOURCES.indexOf(source)].increment();
  }

  /** Whether the chunk scheduler has an action for now: at each change. */
  reportQueue(state: 'filled' | 'empty'): void {
    Atomics.store(this.#queue, 0, QUEUE_STATES.indexOf(state));
  }

  /** Asks for a change of state; whether it came about is to be seen in {@link state}. */
  request(request: SupervisorRequest): void {
    this.#requests[SUPERVISOR_REQUESTS.indexOf(request)].increment();
  }

  /** What the supervisor said after its last tick. */
  state(): SupervisorStatus {
    this.#state.read();
    const [state, power, time] = this.#state.values;
    return { state: SAFETY_STATES[state], power: power === 1 ? 'on' : 'off', time };
  }

  start(): Promise<void> {
    return this.#robot.start();
  }

  async stop(): Promise<void> {
    this.#subscription.unsubscribe();
    await this.#robot.stop();
  }
}
