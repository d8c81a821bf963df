import {
  type ArmCommand,
  type Clock,
  CommandError,
  checkArmCommand,
  commandJoints,
  type Robot,
  type RobotSpec,
  type Stamped,
  type StreamValue,
  UnknownStreamError,
} from '@praxis/core';
import { filter, type Observable } from 'rxjs';
import { openTopic, type StreamTopic, type TopicSource } from './stream-topics.ts';

/** The destination of a robot's commands. */
export interface CommandSink {
  /** @param stamp time at which the command was made (s, node's clock) */
  send(command: ArmCommand, stamp: number): void;
  close(): void;
}

/** Options of {@link RosRobot}. */
export interface RosRobotOptions extends TopicSource {
  /** Streams to subscribe to, and the command to publish. */
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
  readonly #joints: readonly string[];
  #state: 'new' | 'running' | 'stopped' = 'new';

  constructor({ spec, sink, ...source }: RosRobotOptions) {
    this.spec = spec;
    this.clock = source.clock;
    this.#sink = sink;
    this.#joints = commandJoints(spec.commands[0]);
    this.topics = new Map(spec.streams.map((stream) => [stream.name, openTopic(source, stream)]));
  }

  stream(name: string): Observable<Stamped<StreamValue>> {
    const topic = this.topics.get(name);
    if (topic) return topic.stream$.pipe(filter(() => this.#state === 'running'));
    throw new UnknownStreamError(`no stream "${name}": expected one of ${[...this.topics.keys()].join(', ')}`);
  }

  command(name: string, { value, stamp }: Stamped<ArmCommand>): void {
    const [spec] = this.spec.commands;
    if (name !== spec.name) throw new CommandError(`no command "${name}": expected ${spec.name}`);
    checkArmCommand(name, this.#joints, value);
    if (this.#state === 'running') this.#sink.send(value, stamp);
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
