import {
  type ArmCommand,
  type Clock,
  CommandError,
  type Robot,
  type RobotSpec,
  type Stamped,
  type StreamValue,
} from '@praxis/core';
import { timeOf } from '@praxis/wire';
import { type Observable, Subject } from 'rxjs';
import type { Output } from '../output/output.ts';
import type { Rcl, RclNode } from '../rcl/types.ts';
import { streamOf } from '../streams/topic.ts';
import { openTopic, type StreamTopic } from './topics.ts';

/** Where a robot's commands go. */
export interface CommandSink {
  send(command: ArmCommand, stamp: number): void;
  close(): void;
}

export interface RosRobotOptions {
  readonly rcl: Rcl;
  readonly node: RclNode;
  readonly clock: Clock;
  readonly spec: RobotSpec;
  readonly sink: CommandSink;
}

/** A robot behind ROS 2 topics: streams are subscriptions, commands are handed to a sink that publishes them. */
export class RosRobot implements Robot {
  readonly spec: RobotSpec;
  readonly clock: Clock;
  /** By stream name. */
  readonly topics: ReadonlyMap<string, StreamTopic>;
  readonly #streams = new Map<string, Subject<Stamped<StreamValue>>>();
  readonly #sink: CommandSink;
  readonly #joints: readonly string[];
  #state: 'new' | 'running' | 'stopped' = 'new';

  constructor({ rcl, node, clock, spec, sink }: RosRobotOptions) {
    this.spec = spec;
    this.clock = clock;
    this.#sink = sink;
    this.#joints = (spec.commands[0].names ?? []).filter((name) => name !== 'gripper');
    this.topics = new Map(spec.streams.map((stream) => [stream.name, openTopic({ rcl, node, clock }, stream)]));
    for (const [name, topic] of this.topics) {
      const out = new Subject<Stamped<StreamValue>>();
      this.#streams.set(name, out);
      topic.stream$.subscribe((sample) => {
        if (this.#state === 'running') out.next(sample);
      });
    }
  }

  stream(name: string): Observable<Stamped<StreamValue>> {
    return streamOf(this.#streams, name).pipe();
  }

  command(name: string, { value, stamp }: Stamped<ArmCommand>): void {
    const [spec] = this.spec.commands;
    if (name !== spec.name) throw new CommandError(`no command "${name}": expected ${spec.name}`);
    const { position, gripperWidth } = value;
    if (position.length !== this.#joints.length) {
      throw new CommandError(`${name}: ${position.length} joint positions, expected ${this.#joints.length}`);
    }
    for (let i = 0; i < position.length; i++) {
      if (Number.isFinite(position[i])) continue;
      throw new CommandError(`${name}: ${this.#joints[i]} is ${position[i]}, expected a finite number`);
    }
    if (!Number.isFinite(gripperWidth)) throw new CommandError(`${name}: gripper width is ${gripperWidth}`);
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
    for (const stream of this.#streams.values()) stream.complete();
    this.#sink.close();
  }
}

/** Hands commands straight to controllers; speeds are the differences of one command to the next. */
export class ControllerSink implements CommandSink {
  readonly #outputs: readonly Output[];
  readonly #frame: string;
  #last: Float64Array | undefined;
  #stamp = 0;

  constructor(outputs: readonly Output[], frame: string) {
    this.#outputs = outputs;
    this.#frame = frame;
  }

  send({ position, gripperWidth }: ArmCommand, stamp: number): void {
    const last = this.#last ?? position.slice();
    const elapsed = stamp - this.#stamp;
    const velocity = position.map((q, i) => (elapsed > 0 && elapsed < MOST_ELAPSED ? (q - last[i]) / elapsed : 0));
    last.set(position);
    this.#last = last;
    this.#stamp = stamp;
    const header = { stamp: timeOf(stamp), frame_id: this.#frame };
    for (const output of this.#outputs) output.send({ position: position.slice(), velocity, gripperWidth }, header);
  }

  /** Forgets the last command: after a pause the next one has no speed. */
  restart(): void {
    this.#last = undefined;
  }

  close(): void {
    for (const output of this.#outputs) output.close();
  }
}

/** s: commands that lie farther apart have no speed between them. */
const MOST_ELAPSED = 0.1;
