import {
  type ActionChunk,
  type ActionSpec,
  elementUnit,
  GRIPPER_WIDTH,
  InputError,
  type JointState,
  type Observation,
  type Policy,
  PolicyError,
  type PolicySpec,
  type SignalSpec,
} from '@praxis/core';
import type { RobotSetup } from '@praxis/sim';
import { type JointTrajectoryMessage, secondsOf } from '@praxis/wire';
import type { BridgeInput } from '@praxis/wire/bridge';

/** The topic whose trajectories move the arm; the name is that of ROS's controller. */
export const TRAJECTORY_TOPIC = '/joint_trajectory_controller/joint_trajectory';
/** The topic whose widths move the gripper; the name is that of ROS's controller. */
export const GRIPPER_TOPIC = '/gripper_controller/commands';

const JOINTS_STREAM = 'joints';
const HORIZON = 8;
const ACTION_PERIOD_S = 0.05;
/** A new trajectory takes effect after at most so long (s). */
const INFERENCE_PERIOD_S = 0.05;

/** A point of a trajectory: time since its start (s) and positions in the order of the arm's joints (rad, m). */
interface Point {
  readonly time: number;
  readonly positions: readonly number[];
}

/** Moves the only arm of a robot along joint trajectories that clients of a bridge publish, linearly between their points. It holds before the first one. */
export class ClientPolicy implements Policy {
  readonly spec: PolicySpec;
  readonly #joints: readonly string[];
  readonly #widths: readonly [least: number, most: number] | undefined;
  /** The trajectory in force, from where the arm was told to be, and the time of its start (s). */
  #points: readonly Point[] = [];
  #start = 0;
  #arrived: readonly Point[] | undefined;
  #width = 0;

  /** @throws {InputError} for a robot with several arms, with a base, or without joint states */
  constructor({ name, arms, bases, spec }: RobotSetup) {
    const [arm] = arms;
    if (!arm || arms.length > 1 || bases.length > 0)
      throw new InputError(`robot ${name}: expected one arm and no base, which a client moves`);
    const joints: SignalSpec | undefined = spec.streams.find((stream) => stream.name === JOINTS_STREAM);
    if (!joints) throw new InputError(`robot ${name}: no stream ${JOINTS_STREAM}`);
    this.#joints = arm.joints;
    this.#widths = arm.gripper?.range;
    this.#width = this.#widths?.[1] ?? 0;
    const units = new Set(arm.joints.map((joint) => unitOf(joints, joint)));
    const moved: ActionSpec = {
      ...{ name: 'arm', space: 'joint_position', names: arm.joints, frame: '' },
      unit: units.size === 1 ? [...units][0] : arm.joints.map((joint) => unitOf(joints, joint)),
    };
    this.spec = {
      name: 'client',
      inputs: [{ ...joints, window: 1, maximumAge: 0.2 }],
      actions: arm.gripper ? [moved, GRIPPER_WIDTH] : [moved],
      horizon: HORIZON,
      actionPeriod: ACTION_PERIOD_S,
      inferencePeriod: INFERENCE_PERIOD_S,
    };
  }

  /** The topics that move the arm and, if there is one, the gripper (its width in m). */
  get inputs(): readonly BridgeInput[] {
    const arm: BridgeInput = {
      topic: TRAJECTORY_TOPIC,
      type: 'trajectory_msgs/msg/JointTrajectory',
      accept: (message) => {
        this.#arrived = pointsOf(message as JointTrajectoryMessage, this.#joints);
      },
    };
    const gripper: BridgeInput = {
      topic: GRIPPER_TOPIC,
      type: 'std_msgs/msg/Float64MultiArray',
      accept: (message) => {
        const { data } = message as { readonly data: Float64Array };
        const [least, most] = this.#widths!;
        if (data.length !== 1 || !(data[0] >= least && data[0] <= most))
          throw new InputError(`gripper: ${[...data].join(', ')}, expected one width from ${least} to ${most} m`);
        this.#width = data[0];
      },
    };
    return this.#widths ? [arm, gripper] : [arm];
  }

  async infer({ stamp, inputs }: Observation): Promise<ActionChunk> {
    const state = inputs.get(JOINTS_STREAM)?.samples.at(-1) as JointState | undefined;
    if (!state) throw new PolicyError('policy client: no joint states');
    if (this.#points.length === 0) {
      this.#start = stamp;
      this.#points = [{ time: 0, positions: this.#joints.map((name) => state.position[state.names.indexOf(name)]) }];
    }
    if (this.#arrived) {
      this.#points = [{ time: 0, positions: this.#at(stamp) }, ...this.#arrived];
      this.#start = stamp;
      this.#arrived = undefined;
    }
    const rows = Array.from({ length: HORIZON }, (_, k) => this.#at(stamp + (k + 1) * ACTION_PERIOD_S));
    return {
      ...{ stamp, period: ACTION_PERIOD_S, horizon: HORIZON, gates: {} },
      blocks: {
        arm: { space: 'joint_position', data: Float64Array.from(rows.flat()) },
        ...(this.#widths ? { gripper: { space: 'gripper', data: new Float64Array(HORIZON).fill(this.#width) } } : {}),
      },
    };
  }

  reset(): void {
    this.#points = [];
    this.#arrived = undefined;
    this.#width = this.#widths?.[1] ?? 0;
  }

  async close(): Promise<void> {}

  /** Positions at a time of the world (s). */
  #at(time: number): readonly number[] {
    const since = time - this.#start;
    const next = this.#points.findIndex((point) => point.time > since);
    if (next < 0) return this.#points[this.#points.length - 1].positions;
    if (next === 0) return this.#points[0].positions;
    const [a, b] = [this.#points[next - 1], this.#points[next]];
    const part = (since - a.time) / (b.time - a.time);
    return a.positions.map((position, i) => position + part * (b.positions[i] - position));
  }
}

const unitOf = (signal: SignalSpec, joint: string): string => elementUnit(signal, signal.names?.indexOf(joint) ?? -1);

/** The points of a trajectory, with the positions in the order of the joints. @throws {InputError} for one that the arm cannot follow */
function pointsOf({ joint_names: names, points }: JointTrajectoryMessage, joints: readonly string[]): readonly Point[] {
  const missing = joints.find((name) => !names.includes(name));
  const unknown = names.find((name) => !joints.includes(name));
  if (missing !== undefined || unknown !== undefined || names.length !== joints.length)
    throw new InputError(`trajectory: joints ${names.join(', ')}, expected ${joints.join(', ')}`);
  if (points.length === 0) throw new InputError('trajectory: no points');
  let last = 0;
  return points.map(({ positions, time_from_start }, i) => {
    const time = secondsOf(time_from_start);
    if (positions.length !== names.length || !positions.every((position) => Number.isFinite(position)))
      throw new InputError(`trajectory: point ${i}: expected ${names.length} finite positions`);
    if (!(time > last || (i === 0 && time === 0)))
      throw new InputError(`trajectory: point ${i}: time ${time} s is not after the last`);
    last = time;
    return { time, positions: joints.map((name) => positions[names.indexOf(name)]) };
  });
}
