import { approximateTimeSync, type JointState, newCounters, type Stamped } from '@praxis/core';
import { map, type Observable, share } from 'rxjs';
import type { QosKind } from '../rcl/qos.ts';
import type { TopicCounters, TopicStatus } from '../streams/topic.ts';

/** The joint states of a gripper whose driver publishes them on a topic of its own. */
export interface GripperStates {
  readonly topic: string;
  /** Names of the gripper's joints. */
  readonly joints: readonly string[];
  /** Largest difference between the stamps of gripper and arm in one sample (s). */
  readonly maximumSkew: number;
}

/** Samples of one topic that wait for a partner: 64 ms at 500 Hz. */
const QUEUE_SIZE = 32;

interface JointTopic extends TopicStatus {
  readonly stream$: Observable<Stamped<JointState>>;
}

/**
 * Joins the joint states of an arm and of its gripper from two topics to one stream. Each sample holds two states whose stamps
 * differ by at most the maximum skew, the arm's joints first. Each state is used once, so the slower topic sets the rate.
 */
export class PairedJoints implements TopicStatus {
  readonly stream$: Observable<Stamped<JointState>>;
  readonly #arm: JointTopic;
  readonly #gripper: JointTopic;
  readonly #pairing = newCounters();
  #passed = 0;

  constructor(arm: JointTopic, gripper: JointTopic, maximumSkew: number) {
    this.#arm = arm;
    this.#gripper = gripper;
    const join = joiner();
    this.stream$ = approximateTimeSync<{ arm: JointState; gripper: JointState }>(
      { arm: arm.stream$, gripper: gripper.stream$ },
      { maximumSkew, queueSize: QUEUE_SIZE, counters: this.#pairing },
    ).pipe(
      map(({ value, stamp, received }) => {
        this.#passed++;
        return { value: join(value.arm.value, value.gripper.value), stamp, received };
      }),
      share(),
    );
  }

  /** Name of the topic with the older last message: the one that delays the pairs. */
  get name(): string {
    return this.#gripper.lastReceived < this.#arm.lastReceived ? this.#gripper.name : this.#arm.name;
  }

  get type(): string {
    return this.#arm.type;
  }

  get qos(): QosKind {
    return this.#arm.qos;
  }

  get counters(): Readonly<TopicCounters> {
    const [arm, gripper] = [this.#arm.counters, this.#gripper.counters];
    return {
      received: arm.received + gripper.received,
      passed: this.#passed,
      dropped: this.#pairing.dropped,
      refused: arm.refused + gripper.refused,
      badStamps: arm.badStamps + gripper.badStamps,
      late: arm.late + gripper.late,
      missing: arm.missing + gripper.missing,
      reordered: arm.reordered + gripper.reordered,
      duplicated: arm.duplicated + gripper.duplicated,
      ahead: arm.ahead + gripper.ahead,
    };
  }

  get fault(): string {
    return this.#arm.fault || this.#gripper.fault;
  }

  get lastReceived(): number {
    return Math.min(this.#arm.lastReceived, this.#gripper.lastReceived);
  }

  close(): void {
    this.#arm.close();
    this.#gripper.close();
  }
}

/** Joins states of an arm and of a gripper. Samples share one array of names, because consumers cache indices by it. */
function joiner(): (arm: JointState, gripper: JointState) => JointState {
  let last: readonly [readonly string[], readonly string[]] | undefined;
  let names: readonly string[] = [];
  const both = (a: Float64Array, b: Float64Array): Float64Array => Float64Array.of(...a, ...b);
  return (arm, gripper) => {
    if (last?.[0] !== arm.names || last[1] !== gripper.names) {
      last = [arm.names, gripper.names];
      names = [...arm.names, ...gripper.names];
    }
    const position = both(arm.position, gripper.position);
    const velocity = both(arm.velocity, gripper.velocity);
    const effort = arm.effort && gripper.effort && both(arm.effort, gripper.effort);
    return effort ? { names, position, velocity, effort } : { names, position, velocity };
  };
}
