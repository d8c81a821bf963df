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
import { openTopic, type StreamTopic, type TopicSource } from './topics.ts';

/** Where a robot's commands go. */
export interface CommandSink {
  send(command: ArmCommand, stamp: number): void;
  close(): void;
}

export interface RosRobotOptions extends TopicSource {
  readonly spec: RobotSpec;
  readonly sink: CommandSink;
}

/** A robot behind ROS 2 topics: streams are subscriptions, commands are handed to a sink that publishes them. */
export class RosRobot implements Robot {
  readonly spec: RobotSpec;
  readonly clock: Clock;
  /** By stream name. */
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

  /** Sensors are somebody else's nodes: from now on what they send is handed on. */
  async start(): Promise<void> {
    if (this.#state === 'new') this.#state = 'running';
  }

  /** Ends subscriptions and publishers and completes the streams. */
  async stop(): Promise<void> {
    if (this.#state === 'stopped') return;
    this.#state = 'stopped';
    for (const topic of this.topics.values()) topic.close();
    this.#sink.close();
  }
}
