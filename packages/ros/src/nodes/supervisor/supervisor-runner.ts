import { type ArmCommand, type Clock, type RobotSpec, SampleOrder, type SignalSpec, type Stamped } from '@praxis/core';
import { isStop, type RequestResult, type SafetyConfig, Supervisor } from '@praxis/safety';
import { timeOf } from '@praxis/wire';
import type { Output, Target } from '../../output/arm-outputs.ts';
import { CONTROL_PERIOD_S } from '../../robot/command-topic.ts';
import type { DescribedRobot, RobotDescription } from '../../robot/description.ts';
import { CommandBuffer } from './command-buffer.ts';

/** Options of {@link SupervisorRunner}. */
export interface SupervisorRunnerOptions {
  readonly description: RobotDescription;
  readonly robot: DescribedRobot;
  readonly config: SafetyConfig;
  readonly clock: Clock;
  readonly outputs: readonly Output[];
  /** True: the watchdog monitors the cameras as well. */
  readonly cameras: boolean;
  /** Called with the new power state when the brakes close (false) or open (true). */
  readonly onPower: (power: boolean) => void;
}

/** Streams that the supervisor monitors. Language is not one of them: a missing instruction is no fault. */
export const monitoredStreams = ({ streams }: RobotSpec, cameras: boolean): readonly SignalSpec[] =>
  streams.filter(({ modality }) => modality !== 'language' && (cameras || modality !== 'vision'));

/**
 * Runs the supervisor between commands and controllers. Before the start it sends no targets, so that another program can
 * move the arm. From the start on it sends a target each period, also during a stop and while it holds the arm. It sends
 * none while the brakes are closed.
 */
export class SupervisorRunner {
  readonly supervisor: Supervisor;
  /** Streams that the supervisor monitors. */
  readonly streams: readonly SignalSpec[];
  readonly #clock: Clock;
  readonly #outputs: readonly Output[];
  readonly #onPower: (power: boolean) => void;
  readonly #lastPosition: Float64Array;
  readonly #target: Target;
  readonly #buffer: CommandBuffer;
  /** Order of the commands that the supervisor accepted. */
  readonly #order = new SampleOrder();
  #sending = false;
  #power: boolean | undefined;
  #shutsDown = false;

  /** @throws {InputError} when the configuration does not fit the robot. */
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
    this.streams = monitoredStreams(robot.spec, cameras);
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

  /** False while the brakes are closed, and before the first measurement of the arm. */
  get powered(): boolean {
    return this.#power ?? false;
  }

  /** Lets commands move the arm; see {@link Supervisor.start}. */
  start(now: number): RequestResult {
    return this.#refusal() ?? this.supervisor.start(now);
  }

  /** Ends a stop; see {@link Supervisor.reset}. */
  reset(now: number): RequestResult {
    return this.#refusal() ?? this.supervisor.reset(now);
  }

  /** Refuses each later start and reset. */
  shutDown(): void {
    this.#shutsDown = true;
  }

  acceptCommand(command: Stamped<ArmCommand>): void {
    this.#buffer.add(command);
    this.supervisor.beat('loop', this.#clock.now());
  }

  /**
   * Runs one period of the supervisor and sends its target to the controllers.
   * @param due time of the period (s)
   * @param newest false for a late period, whose target is not sent
   */
  tick(due: number, newest: boolean): void {
    const command = this.#buffer.commandAt(due);
    // The buffer returns its newest command repeatedly; the supervisor must get each command once.
    const verdict = command && this.#order.judge(command.stamp, due);
    if (command && (verdict === 'newer' || verdict === 'restarted')) {
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

  #refusal(): RequestResult | undefined {
    return this.#shutsDown ? { ok: false, reason: 'the supervisor shuts down' } : undefined;
  }
}
