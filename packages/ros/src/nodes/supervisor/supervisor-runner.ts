import { type ArmCommand, SampleOrder, type SignalSpec, type Stamped } from '@praxis/core';
import { isStop, type SafetyConfig, Supervisor } from '@praxis/safety';
import { timeOf } from '@praxis/wire';
import type { Output, Target } from '../../output/output.ts';
import type { RosClock } from '../../rcl/ros-clock.ts';
import type { DescribedRobot, RobotDescription } from '../../robot/description.ts';
import { CommandBuffer } from './command-buffer.ts';

/** s. */
export const CONTROL_PERIOD_S = 0.002;

export interface SupervisorRunnerOptions {
  readonly description: RobotDescription;
  readonly robot: DescribedRobot;
  readonly config: SafetyConfig;
  readonly clock: RosClock;
  readonly outputs: readonly Output[];
  /** Whether cameras are watched. */
  readonly cameras: boolean;
  /** Told when the brakes are to close or open. */
  readonly onPower: (power: boolean) => void;
}

/**
 * The supervisor between commands and controllers. While nobody has started it, it sends nothing, and somebody else may move the
 * arm; from the start on it sends a target each period, and so it does while it stops the arm and holds it. Behind closed brakes
 * there is nothing to send.
 */
export class SupervisorRunner {
  readonly supervisor: Supervisor;
  /** Whose samples the supervisor wants: what is said to the robot is not watched, and no instruction is no fault. */
  readonly streams: readonly SignalSpec[];
  readonly #clock: RosClock;
  readonly #outputs: readonly Output[];
  readonly #onPower: (power: boolean) => void;
  readonly #lastPosition: Float64Array;
  readonly #target: Target;
  readonly #buffer: CommandBuffer;
  /** Of the commands that the supervisor took. */
  readonly #order = new SampleOrder();
  #sending = false;
  #power: boolean | undefined;

  /** @throws {InputError} when configuration and robot do not fit each other. */
  constructor({ description, robot, config, clock, outputs, cameras, onPower }: SupervisorRunnerOptions) {
    const { joints, fingers } = description;
    this.#clock = clock;
    this.#outputs = outputs;
    this.#onPower = onPower;
    this.#lastPosition = new Float64Array(joints.length);
    this.#buffer = new CommandBuffer(joints.length);
    this.#target = {
      position: new Float64Array(joints.length),
      velocity: new Float64Array(joints.length),
      gripperWidth: 0,
    };
    this.streams = robot.spec.streams.filter(
      ({ modality }) => modality !== 'language' && (cameras || modality !== 'vision'),
    );
    this.supervisor = new Supervisor({
      names: joints,
      streams: this.streams,
      model: robot.model,
      kinematics: robot.kinematics,
      tool: robot.tool,
      config,
      period: CONTROL_PERIOD_S,
      fingerJoints: fingers,
      whileReady: 'follow',
    });
  }

  acceptCommand(command: Stamped<ArmCommand>): void {
    this.#buffer.add(command);
    this.supervisor.beat('loop', this.#clock.now());
  }

  /** One period of the supervisor; what it says goes to the controllers, when it is the newest. @param due s */
  tick(due: number, newest: boolean): void {
    const command = this.#buffer.commandAt(due);
    // The newest is given again and again while no other comes; the supervisor wants it once.
    if (command && this.#order.judge(command.stamp) === 'newer') {
      this.#order.accept(command.stamp);
      this.supervisor.acceptCommand(command, due);
    }
    const { state, place, position, gripperWidth, powered } = this.supervisor.tick(due);
    if (place === 'unknown') return;
    if (powered !== this.#power) {
      this.#power = powered;
      this.#onPower(powered);
    }
    if (!powered || !(state === 'running' || isStop(state))) {
      this.#sending = false;
      return;
    }
    const { position: target, velocity } = this.#target;
    for (let i = 0; i < target.length; i++) {
      velocity[i] = this.#sending ? (position[i] - this.#lastPosition[i]) / CONTROL_PERIOD_S : 0;
      this.#lastPosition[i] = position[i];
      target[i] = position[i];
    }
    this.#sending = true;
    if (!newest) return;
    const header = { stamp: timeOf(due), frame_id: '' };
    this.#target.gripperWidth = gripperWidth;
    for (const output of this.#outputs) output.send(this.#target, header);
  }
}
