import {
  type ArmCommand,
  BindError,
  CommandError,
  checkArmCommand,
  commandJoints,
  type Robot,
  RobotDecorator,
  type Stamped,
} from '@praxis/core';
import { Subscription } from 'rxjs';
import { SAFETY_STATES, type SafetyState } from '../states/state.ts';
import type { BeatSource } from '../watchdog/loop-watchdog.ts';
import { StrikeCell } from './cells.ts';
import { CommandWriter } from './command-mailbox.ts';
import {
  BEAT_SOURCES,
  layoutOf,
  QUEUE_STATES,
  SHARED_REQUESTS,
  type SharedRequest,
  type SharedSafety,
  STATE_VALUES,
} from './layout.ts';
import { SampleWriter } from './sample-mailbox.ts';
import { RecordReader } from './seqlock.ts';

/** What the supervisor's side last said of itself. */
export interface SharedState {
  readonly state: SafetyState;
  readonly power: 'on' | 'off';
  /** s, on the supervisor's clock; 0 before its first tick. */
  readonly time: number;
}

/**
 * The loop's end of a supervisor in another thread: a robot whose commands go into shared memory and nowhere else. Streams
 * come from the robot given, which is not commanded from here.
 */
export class SharedRobot extends RobotDecorator {
  readonly #name: string;
  readonly #joints: readonly string[];
  readonly #commands: CommandWriter;
  readonly #beats: readonly StrikeCell[];
  readonly #queue: Int32Array;
  readonly #requests: readonly StrikeCell[];
  readonly #state: RecordReader;
  readonly #subscription = new Subscription();

  /** @param command its name. Default `arm`. @throws {BindError} when the robot has no such command. */
  constructor(robot: Robot, shared: SharedSafety, command = 'arm') {
    super(robot);
    const { memory, joints, streams } = shared;
    const at = layoutOf(shared);
    this.#name = command;
    const spec = robot.spec.commands.find(({ name }) => name === command);
    if (!spec) throw new BindError(`robot ${robot.spec.name}: no command ${command} to supervise`);
    this.#joints = commandJoints(spec);
    this.#commands = new CommandWriter(memory, at.command, joints);
    const cells = (places: readonly number[]) => places.map((place) => new StrikeCell(memory, place));
    this.#beats = cells(at.beats);
    this.#queue = new Int32Array(memory, at.queue, 1);
    this.#requests = cells(at.requests);
    this.#state = new RecordReader(memory, at.state, STATE_VALUES);
    for (const [i, spec] of streams.entries()) {
      const writer = new SampleWriter(memory, at.samples[i], spec);
      this.#subscription.add(robot.stream(spec.name).subscribe((sample) => writer.send(sample)));
    }
  }

  /** @throws {CommandError} on a wrong name, size, or a value that is not finite; the supervisor gets to see it all the same. */
  override command(name: string, command: Stamped<ArmCommand>): void {
    if (name !== this.#name) throw new CommandError(`no command "${name}": expected ${this.#name}`);
    this.#commands.send(command);
    checkArmCommand(name, this.#joints, command.value);
  }

  /** A sign of life: the loop's once a tick. */
  beat(source: BeatSource): void {
    this.#beats[BEAT_SOURCES.indexOf(source)].strike();
  }

  /** Whether the chunk scheduler has an action for now: at each change. */
  reportQueue(state: 'filled' | 'empty'): void {
    Atomics.store(this.#queue, 0, QUEUE_STATES.indexOf(state));
  }

  /** Asks for a change of state; whether it came about is to be seen in {@link state}. */
  ask(request: SharedRequest): void {
    this.#requests[SHARED_REQUESTS.indexOf(request)].strike();
  }

  /** What the supervisor said after its last tick. */
  state(): SharedState {
    this.#state.read();
    const [state, power, time] = this.#state.values;
    return { state: SAFETY_STATES[state], power: power === 1 ? 'on' : 'off', time };
  }

  override async stop(): Promise<void> {
    this.#subscription.unsubscribe();
    await super.stop();
  }
}
