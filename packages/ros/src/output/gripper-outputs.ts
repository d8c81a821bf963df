import { type Header, secondsOf } from '@praxis/wire';
import type { Rcl, RclActionClient, RclNode } from '../rcl/types.ts';
import { CdrPublisher } from '../streams/cdr-publisher.ts';
import type { Output, Target } from './arm-outputs.ts';

/** Kinds of gripper output: a topic, an action, or no gripper. */
export const GRIPPERS = ['forward_position', 'action', 'none'] as const;
/** One kind of {@link GRIPPERS}. */
export type Gripper = (typeof GRIPPERS)[number];

/** A new goal is sent only after the width changed by more than this (m). */
const MIN_WIDTH_CHANGE_M = 0.002;
/** Shortest time (s) between two goals. */
const MIN_GOAL_INTERVAL_S = 0.1;

/** Publishes the width of every target as one number. */
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

/** Sends a goal to the gripper's action server whenever the width changes. */
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
    // A rejected goal does not concern the arm; the next target sends the width again.
    this.#client.sendGoal({ command: { position: gripperWidth, max_effort: this.#maxEffort } }).catch(() => {
      this.#sentWidth = Number.NaN;
    });
  }

  close(): void {
    this.#client.destroy();
  }
}

const NO_GRIPPER: Output = { name: 'none', listeners: 0, send: () => undefined, close: () => undefined };

/** Makes the gripper's output. @param maxEffort largest effort (N) in a goal of the action */
export function gripperOutput(kind: Gripper, rcl: Rcl, node: RclNode, maxEffort: number): Output {
  if (kind === 'forward_position') return new ForwardGripper(rcl, node);
  return kind === 'action' ? new ActionGripper(rcl, node, maxEffort) : NO_GRIPPER;
}
