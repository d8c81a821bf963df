import {
  type ArmCommand,
  type BaseCommand,
  CommandError,
  checkBaseCommand,
  isBase,
  type Robot,
  type RobotCommand,
  RobotDecorator,
  type SignalSpec,
  type Stamped,
} from '@praxis/core';
import { Subscription } from 'rxjs';
import { BEAT_SOURCES, type BeatSource } from '../supervisor/monitors/loop-watchdog.ts';
import type { QueueState } from '../supervisor/monitors/queue-monitor.ts';
import { SAFETY_STATES, type SafetyState } from '../supervisor/states/state-machine.ts';
import { SupervisedCommand } from '../supervisor/supervised-command.ts';
import { CommandWriter } from './command-mailbox.ts';
import { EventCounter } from './event-counter.ts';
import {
  memoryLayout,
  QUEUE_STATES,
  type SharedSafety,
  STATE_VALUES,
  SUPERVISOR_REQUESTS,
  type SupervisorRequest,
} from './memory-layout.ts';
import { SampleWriter } from './sample-mailbox.ts';
import { RecordReader } from './seqlock.ts';

/** Status of a supervisor in another thread, as of its last tick. */
export interface SupervisorStatus {
  /** State of the supervisor. */
  readonly state: SafetyState;
  /** `off` while the brakes are closed. */
  readonly power: 'on' | 'off';
  /** Time on the supervisor's clock (s); 0 before its first tick. */
  readonly time: number;
}

/**
 * The loop's end of a supervisor in another thread: a robot whose commands go only into shared memory. Its streams are
 * those of the given robot, which receives no commands from this thread.
 */
export class SharedRobot extends RobotDecorator {
  readonly #commands: ReadonlyMap<string, SharedCommandWriter>;
  readonly #beats: readonly EventCounter[];
  readonly #queue: Int32Array;
  readonly #requests: readonly EventCounter[];
  readonly #state: RecordReader;
  readonly #subscription = new Subscription();

  /**
   * @param command name of the command of a robot with one. Default: that in `shared`, which is `arm` unless it was named
   * @throws {BindError} if the robot lacks one of the commands
   */
  constructor(robot: Robot, shared: SharedSafety, command?: string) {
    super(robot);
    const { memory, commands, streams } = shared;
    const at = memoryLayout(shared);
    this.#commands = new Map(
      commands.map(({ name, size }, i) => {
        const own = commands.length === 1 ? (command ?? name) : name;
        const spec = robot.spec.commands.find((each) => each.name === own);
        const writer = new CommandWriter(memory, at.commands[i], size);
        const isDriven = spec !== undefined && isBase(spec);
        return [own, isDriven ? baseWriter(spec, writer) : armWriter(new SupervisedCommand(robot, own), writer)];
      }),
    );
    const counters = (places: readonly number[]) => places.map((place) => new EventCounter(memory, place));
    this.#beats = counters(at.beats);
    this.#queue = new Int32Array(memory, at.queue, 1);
    // The queue of an earlier loop in this memory is no longer expected to have actions.
    this.reportQueue('unknown');
    this.#requests = counters(at.requests);
    this.#state = new RecordReader(memory, at.state, STATE_VALUES);
    for (const [i, spec] of streams.entries()) {
      const writer = new SampleWriter(memory, at.samples[i], spec);
      this.#subscription.add(robot.stream(spec.name).subscribe((sample) => writer.send(sample)));
    }
  }

  /**
   * Writes a command for the supervisor.
   * @throws {CommandError} on a wrong name, a wrong size, or a value that is not finite; the supervisor sees it
   * nevertheless.
   */
  override command(name: string, command: Stamped<RobotCommand>): void {
    const writer = this.#commands.get(name);
    if (!writer) throw new CommandError(`no command "${name}": expected ${[...this.#commands.keys()].join(', ')}`);
    writer(command);
  }

  /** Sends a heartbeat; the loop sends one every tick. */
  beat(source: BeatSource): void {
    this.#beats[BEAT_SOURCES.indexOf(source)].increment();
  }

  /** Reports whether the chunk scheduler has an action for now, see `Supervisor.reportQueue`; call it at each change. */
  reportQueue(state: QueueState): void {
    Atomics.store(this.#queue, 0, QUEUE_STATES.indexOf(state));
  }

  /** Requests a change of state. {@link state} shows whether it took effect. */
  request(request: SupervisorRequest): void {
    this.#requests[SUPERVISOR_REQUESTS.indexOf(request)].increment();
  }

  /** The supervisor's status after its last tick. */
  state(): SupervisorStatus {
    this.#state.read();
    const [state, power, time] = this.#state.values;
    return { state: SAFETY_STATES[state], power: power === 1 ? 'on' : 'off', time };
  }

  /** Stops the given robot and no longer forwards its samples. */
  override async stop(): Promise<void> {
    this.#subscription.unsubscribe();
    await super.stop();
  }
}

/** Writes a command into the memory, then checks it. @throws {CommandError} on a wrong size, or a value that is not finite */
type SharedCommandWriter = (command: Stamped<RobotCommand>) => void;

const armWriter =
  (command: SupervisedCommand, writer: CommandWriter): SharedCommandWriter =>
  (sent) => {
    writer.send(sent as Stamped<ArmCommand>);
    command.checkValue(sent.value as ArmCommand);
  };

/** The velocities of a base lie in memory where the positions of an arm would. */
function baseWriter({ name, names = [] }: SignalSpec, writer: CommandWriter): SharedCommandWriter {
  const sent = { value: { position: new Float64Array(0), gripperWidth: 0 }, stamp: 0, received: 0 };
  return ({ value, stamp, received }) => {
    const { twist } = value as BaseCommand;
    sent.value.position = twist as Float64Array<ArrayBuffer>;
    sent.stamp = stamp;
    sent.received = received;
    writer.send(sent);
    checkBaseCommand(name, names, { twist });
  };
}
