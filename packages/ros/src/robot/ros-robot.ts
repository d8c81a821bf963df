import {
  type ArmCommand,
  type BaseCommand,
  type Clock,
  CommandError,
  checkArmCommand,
  checkBaseCommand,
  commandJoints,
  type Robot,
  type RobotCommand,
  type RobotSpec,
  type SignalSpec,
  type Stamped,
  type StreamValue,
  UnknownStreamError,
} from '@praxis/core';
import { filter, type Observable } from 'rxjs';
import { openTopic, type StreamTopic, type TopicSource } from './stream-topics.ts';

/** The destination of a robot's commands. */
export interface CommandSink {
  /**
   * @param stamp time at which the command was made (s, node's clock)
   * @param name name of the command in the robot's spec
   */
  send(command: RobotCommand, stamp: number, name: string): void;
  close(): void;
}

/** Options of {@link RosRobot}. */
export interface RosRobotOptions extends TopicSource {
  /** Streams to subscribe to, and the commands to publish. */
  readonly spec: RobotSpec;
  /** Gets the commands; the robot closes it in `stop`. */
  readonly sink: CommandSink;
}

/** A robot on ROS 2 topics: its streams are subscriptions, and its commands go to a sink that publishes them. */
export class RosRobot implements Robot {
  readonly spec: RobotSpec;
  readonly clock: Clock;
  /** Topics by stream name. */
  readonly topics: ReadonlyMap<string, StreamTopic>;
  readonly #sink: CommandSink;
  /** Checks of the commands by their names. */
  readonly #checks: ReadonlyMap<string, (command: RobotCommand) => void>;
  #state: 'new' | 'running' | 'stopped' = 'new';

  constructor({ spec, sink, ...source }: RosRobotOptions) {
    this.spec = spec;
    this.clock = source.clock;
    this.#sink = sink;
    this.#checks = new Map(spec.commands.map((command) => [command.name, checkOf(command)]));
    this.topics = new Map(spec.streams.map((stream) => [stream.name, openTopic(source, stream)]));
  }

  stream(name: string): Observable<Stamped<StreamValue>> {
    const topic = this.topics.get(name);
    if (topic) return topic.stream$.pipe(filter(() => this.#state === 'running'));
    throw new UnknownStreamError(`no stream "${name}": expected one of ${[...this.topics.keys()].join(', ')}`);
  }

  command(name: string, { value, stamp }: Stamped<RobotCommand>): void {
    const check = this.#checks.get(name);
    if (!check) throw new CommandError(`no command "${name}": expected ${[...this.#checks.keys()].join(', ')}`);
    check(value);
    if (this.#state === 'running') this.#sink.send(value, stamp, name);
  }

  /** Starts to pass on samples. The sensors are nodes of their own and run already. */
  async start(): Promise<void> {
    if (this.#state === 'new') this.#state = 'running';
  }

  /** Closes the subscriptions and the sink, and completes the streams. */
  async stop(): Promise<void> {
    if (this.#state === 'stopped') return;
    this.#state = 'stopped';
    for (const topic of this.topics.values()) topic.close();
    this.#sink.close();
  }
}

/** The check of a command: that of a driven base, or of an arm. */
function checkOf(command: SignalSpec): (value: RobotCommand) => void {
  const { name, names = [], modality } = command;
  if (modality === 'base') return (value) => checkBaseCommand(name, names, value as BaseCommand);
  const joints = commandJoints(command);
  return (value) => checkArmCommand(name, joints, value as ArmCommand);
}
