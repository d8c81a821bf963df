import { type Header, secondsOf } from '@praxis/wire';
import type { Rcl, RclActionClient, RclNode } from '../rcl/types.ts';
import { CdrPublisher } from '../streams/cdr-publisher.ts';
import type { Output, Target } from './output.ts';

export const GRIPPERS = ['forward_position', 'action', 'none'] as const;
export type Gripper = (typeof GRIPPERS)[number];

/** m, s: a goal is sent when the width has changed by more, and not more often. */
const MIN_WIDTH_CHANGE_M = 0.002;
const MIN_GOAL_INTERVAL_S = 0.1;

/** Every target, as a number. */
class ForwardGripper implements Output {
  readonly #publisher: CdrPublisher<'std_msgs/msg/Float64MultiArray'>;

  constructor(rcl: Rcl, node: RclNode) {
    const topic = 'gripper_controller/commands';
    this.#publisher = new CdrPublisher(rcl, node, 'std_msgs/msg/Float64MultiArray', topic, 'command');
  }

  get name(): string {
    return this.#publisher.topic;
  }

  get listeners(): number {
    return this.#publisher.listeners;
  }

  send({ gripperWidth }: Target): void {
    this.#publisher.publish({ layout: { dim: [], data_offset: 0 }, data: Float64Array.of(gripperWidth) });
  }

  close(): void {
    this.#publisher.close();
  }
}

/** A goal for the gripper's action server whenever the width changes. */
class ActionGripper implements Output {
  readonly name = 'gripper_controller/gripper_cmd';
  readonly #client: RclActionClient;
  readonly #maxEffort: number;
  #sentWidth = Number.NaN;
  #sentTime = Number.NEGATIVE_INFINITY;

  constructor(rcl: Rcl, node: RclNode, maxEffort: number) {
    this.#client = new rcl.ActionClient(node, 'control_msgs/action/GripperCommand', this.name);
    this.#maxEffort = maxEffort;
  }

  get listeners(): number {
    return this.#client.isActionServerAvailable() ? 1 : 0;
  }

  send({ gripperWidth }: Target, { stamp }: Header): void {
    const now = secondsOf(stamp);
    if (
      Math.abs(gripperWidth - this.#sentWidth) <= MIN_WIDTH_CHANGE_M ||
      now - this.#sentTime < MIN_GOAL_INTERVAL_S ||
      this.listeners === 0
    )
      return;
    this.#sentWidth = gripperWidth;
    this.#sentTime = now;
    // A goal that is refused or replaced by the next one is none of the arm's business.
    this.#client.sendGoal({ command: { position: gripperWidth, max_effort: this.#maxEffort } }).catch(() => {
      this.#sentWidth = Number.NaN;
    });
  }

  close(): void {
    this.#client.destroy();
  }
}

const NO_GRIPPER: Output = { name: 'none', listeners: 0, send: () => undefined, close: () => undefined };

/** The gripper's output. @param maxEffort N, for an action */
export function gripperOutput(kind: Gripper, rcl: Rcl, node: RclNode, maxEffort: number): Output {
  if (kind === 'forward_position') return new ForwardGripper(rcl, node);
  return kind === 'action' ? new ActionGripper(rcl, node, maxEffort) : NO_GRIPPER;
}
