import type { Clock, JointState, Stamped } from '@praxis/core';
import { JointStateReader } from '@praxis/wire';
import { map, merge, type Observable, share } from 'rxjs';
import type { QosKind } from '../rcl/qos.ts';
import { type StampClock, SYSTEM_STAMPS } from '../rcl/stamp-clock.ts';
import type { Rcl, RclNode } from '../rcl/types.ts';
import { Topic, type TopicCounters, type TopicStatus } from '../streams/topic.ts';
import { JointMerger } from './joint-merger.ts';

const TYPE = 'sensor_msgs/msg/JointState';

/** The joint states of a gripper that come less often than those of the arm. */
export interface GripperStates {
  /** Topic of the gripper's driver; undefined for that of the arm. */
  readonly topic?: string;
  /** Names of the gripper's joints. */
  readonly joints: readonly string[];
}

/** Largest age (s) of a joint's state relative to the others in one sample: five periods of a gripper at 25 Hz. */
export const JOINT_AGE_S = 0.2;

/** Options of {@link JointTopic}. */
export interface JointTopicOptions {
  readonly rcl: Rcl;
  readonly node: RclNode;
  readonly clock: Clock;
  /** Clock of the messages' stamps. Default: `clock`. */
  readonly stampClock?: StampClock;
  readonly topic: string;
  /** Joints of the arm and of the gripper, in the order of the samples. */
  readonly names: readonly string[];
  /** Converts each merged sample. Default: it stays as it is. */
  readonly convert?: (state: JointState) => JointState;
  /** Nominal rate (Hz). */
  readonly rateHz: number;
  readonly gripper?: GripperStates;
  /** Largest age (s) of a joint's state relative to the others in one sample. */
  readonly maximumAge: number;
}

/**
 * The joint states of an arm and of its gripper, from messages that may each have some of the joints, on one topic or on two.
 * {@link JointMerger} says when they make a sample.
 */
export class JointTopic implements TopicStatus {
  readonly stream$: Observable<Stamped<JointState>>;
  readonly #merger: JointMerger;
  /** One reader a topic: each has a memory of the newest message. */
  readonly #readers: readonly JointStateReader[];
  readonly #topics: readonly Topic<typeof TYPE, JointState>[];

  constructor({
    rcl,
    node,
    clock,
    stampClock = SYSTEM_STAMPS,
    topic,
    names,
    convert = (state) => state,
    rateHz,
    gripper,
    maximumAge,
  }: JointTopicOptions) {
    const log = node.getLogger();
    const slower = gripper?.joints ?? [];
    this.#merger = new JointMerger({
      names,
      slower,
      maximumAge,
      maximumAhead: stampClock.maximumAhead,
      onVelocityDerived: (joints) =>
        log.warn(`${topic}: no velocity of ${joints.join(', ')} in the messages: it is the slope of the positions`),
    });
    // The rate of a gripper's own topic is not known: 0 counts no missing messages.
    const topics = [{ topic, rateHz }, ...(gripper?.topic ? [{ topic: gripper.topic, rateHz: 0 }] : [])];
    this.#readers = topics.map(() => new JointStateReader(names));
    this.#topics = topics.map(
      (each, i) =>
        new Topic<typeof TYPE, JointState>({
          rcl,
          node,
          clock,
          stampClock,
          ...each,
          type: TYPE,
          qos: 'sensor',
          read: (message) => this.#readers[i].read(message),
          order: (options) => this.#merger.merge(options),
        }),
    );
    this.stream$ = merge(...this.#topics.map(({ stream$ }) => stream$)).pipe(
      map((sample) => ({ ...sample, value: convert(sample.value) })),
      share(),
    );
  }

  /** Name of the topic with the oldest last message: the one that delays the samples. */
  get name(): string {
    return this.#topics.reduce((a, b) => (b.lastReceived < a.lastReceived ? b : a)).name;
  }

  get type(): string {
    return TYPE;
  }

  get qos(): QosKind {
    return this.#topics[0].qos;
  }

  get counters(): Readonly<TopicCounters> {
    const [first, ...others] = this.#topics.map(({ counters }) => counters);
    const sum = { ...first };
    for (const each of others) for (const key of Object.keys(sum) as (keyof TopicCounters)[]) sum[key] += each[key];
    return sum;
  }

  get fault(): string {
    const refusal = this.#topics.map(({ fault }) => fault).find((each) => each !== '');
    if (refusal !== undefined) return refusal;
    const { fault } = this.#merger;
    const given = this.#readers.flatMap(({ newestNames }) => newestNames).join(', ') || 'none';
    return fault === '' ? '' : `${fault}; the newest messages have ${given}`;
  }

  get lastFault(): string {
    return this.#topics.map(({ lastFault }) => lastFault).find((each) => each !== '') ?? this.fault;
  }

  get lastReceived(): number {
    return Math.min(...this.#topics.map(({ lastReceived }) => lastReceived));
  }

  get lastPassed(): number {
    return Math.max(...this.#topics.map(({ lastPassed }) => lastPassed));
  }

  close(): void {
    for (const topic of this.#topics) topic.close();
  }
}
