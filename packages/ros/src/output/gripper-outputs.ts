import { type Header, secondsOf } from '@praxis/wire';
import type { Rcl, RclActionClient, RclNode } from '../rcl/types.ts';
import type { GripperJoints } from '../robot/gripper-joints.ts';
import { CdrPublisher } from '../streams/cdr-publisher.ts';
import { type ControllerName, type ControllerTopic, controllerTopic } from './controller-topic.ts';
import type { Output, Target } from './output.ts';

/** Kinds of gripper output: a topic, an action, or no gripper. */
export const GRIPPERS = ['forward_position', 'action', 'none'] as const;
/** One kind of {@link GRIPPERS}. */
export type Gripper = (typeof GRIPPERS)[number];

/** A new goal is sent only after the width changed by more than this (m). */
const MIN_WIDTH_CHANGE_M = 0.002;
/** Shortest time (s) between two goals. */
const MIN_GOAL_INTERVAL_S = 0.1;

/** Type of the targets for a gripper's controller. */
const TARGET_TYPE = 'std_msgs/msg/Float64MultiArray';

/** Publishes every target: the width as one number, or the position of each joint. */
class ForwardGripper implements Output {
  readonly kind = 'topic';
  readonly #publisher: CdrPublisher<typeof TARGET_TYPE>;
  readonly #joints: GripperJoints | undefined;

  constructor({ rcl, node, joints }: GripperOutputOptions, topic: string) {
    this.#publisher = new CdrPublisher(rcl, node, TARGET_TYPE, topic, 'command');
    this.#joints = joints;
  }

  get name(): string {
    return this.#publisher.topic;
  }

  get listeners(): number {
    return this.#publisher.listeners;
  }

  send({ gripperWidth }: Target): void {
    const data = this.#joints?.positionsAt(gripperWidth) ?? Float64Array.of(gripperWidth);
    this.#publisher.publish({ layout: { dim: [], data_offset: 0 }, data });
  }

  close(): void {
    this.#publisher.close();
  }
}

/** Sends a goal to the gripper's action server whenever the width changes. */
class ActionGripper implements Output {
  readonly kind = 'action';
  readonly name: string;
  readonly #client: RclActionClient;
  readonly #maxEffort: number;
  readonly #joints: GripperJoints | undefined;
  #sentWidth = Number.NaN;
  #sentTime = Number.NEGATIVE_INFINITY;

  constructor({ rcl, node, maxEffort, joints }: GripperOutputOptions, name: string) {
    this.name = name;
    this.#client = new rcl.ActionClient(node, 'control_msgs/action/GripperCommand', this.name);
    this.#maxEffort = maxEffort;
    this.#joints = joints;
  }

  get listeners(): number {
    return this.#client.isActionServerAvailable() ? 1 : 0;
  }

  send({ gripperWidth }: Target, { stamp }: Header): void {
    const now = secondsOf(stamp);
    if (
      Math.abs(gripperWidth - this.#sentWidth) <= MIN_WIDTH_CHANGE_M ||
      // A clock that was set back starts the interval anew.
      Math.abs(now - this.#sentTime) < MIN_GOAL_INTERVAL_S ||
      this.listeners === 0
    )
      return;
    this.#sentWidth = gripperWidth;
    this.#sentTime = now;
    // The action has one position: the joints of a gripper move in step, and a controller leads the first.
    const position = this.#joints?.positionsAt(gripperWidth)[0] ?? gripperWidth;
    // A rejected goal does not concern the arm; the next target sends the width again.
    this.#client.sendGoal({ command: { position, max_effort: this.#maxEffort } }).catch(() => {
      this.#sentWidth = Number.NaN;
    });
  }

  close(): void {
    this.#client.destroy();
  }
}

const NO_GRIPPER: Output = { name: 'none', kind: 'none', listeners: 0, send: () => undefined, close: () => undefined };

/** Options of {@link gripperOutput}. */
export interface GripperOutputOptions {
  readonly rcl: Rcl;
  readonly node: RclNode;
  /** Name of the controller's node, which its topic or action begins with; empty: `gripper_controller`. */
  readonly gripperName: ControllerName;
  /** Largest effort (N) in a goal of the action. */
  readonly maxEffort: number;
  /** The joints that the gripper's controller takes the positions of. Default: it takes the width. */
  readonly joints?: GripperJoints;
}

const below = (gripperName: ControllerName, topic: string): string =>
  controllerTopic(gripperName, 'gripper_controller', topic);

/** The topic of a kind of gripper; undefined for an action and for none. @throws {InputError} when the controller's name is not valid */
export const gripperTopic = (kind: Gripper, gripperName: ControllerName): ControllerTopic | undefined =>
  kind === 'forward_position' ? { topic: below(gripperName, 'commands'), type: TARGET_TYPE } : undefined;

/** Makes the gripper's output. @throws {InputError} when the controller's name is not valid */
export function gripperOutput(kind: Gripper, options: GripperOutputOptions): Output {
  const { gripperName } = options;
  if (kind === 'forward_position') return new ForwardGripper(options, below(gripperName, 'commands'));
  return kind === 'action' ? new ActionGripper(options, below(gripperName, 'gripper_cmd')) : NO_GRIPPER;
}
