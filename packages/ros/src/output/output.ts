import type { Header, Message } from '@praxis/wire';
import type { Rcl, RclNode } from '../rcl/types.ts';
import { CdrPublisher } from '../streams/cdr-publisher.ts';

/** The targets of one command group at one time. */
export interface Target {
  /** Joint positions (rad), in the order of the joints; of a driven base its velocities (m/s, rad/s), in the order of its command. */
  readonly position: Float64Array;
  /** Joint velocities (rad/s), in the order of the joints. */
  readonly velocity: Float64Array;
  /** Distance between the fingers (m). */
  gripperWidth: number;
}

/** Sends targets to a robot's controllers. */
export interface Output {
  /** Name of the topic or action, for diagnostics. */
  readonly name: string;
  readonly kind: 'topic' | 'action' | 'none';
  /** Number of controllers that receive the targets. */
  readonly listeners: number;
  send(target: Target, header: Header): void;
  close(): void;
}

/** Periods of 2 ms between two messages: 100 Hz. A trajectory controller replaces its whole trajectory each time. */
export const TICKS_PER_MESSAGE = 5;

/** What publishing on the topic of a controller needs. */
export interface TopicOutputOptions {
  readonly rcl: Rcl;
  readonly node: RclNode;
}

/** Converts targets to messages of one topic and publishes every n-th of them. */
export class TopicOutput<K extends string> implements Output {
  readonly kind = 'topic';
  readonly #publisher: CdrPublisher<K>;
  readonly #message: (target: Target, header: Header) => Message<K>;
  readonly #every: number;
  #ticks = 0;

  constructor(
    { rcl, node }: TopicOutputOptions,
    type: K,
    topic: string,
    message: (target: Target, header: Header) => Message<K>,
    every = 1,
  ) {
    this.#publisher = new CdrPublisher(rcl, node, type, topic, 'command');
    this.#message = message;
    this.#every = every;
  }

  get name(): string {
    return this.#publisher.topic;
  }

  get listeners(): number {
    return this.#publisher.listeners;
  }

  send(target: Target, header: Header): void {
    if (this.#ticks++ % this.#every === 0) this.#publisher.publish(this.#message(target, header));
  }

  close(): void {
    this.#publisher.close();
  }
}
