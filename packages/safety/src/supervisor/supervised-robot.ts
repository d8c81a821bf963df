import { type ArmCommand, type Robot, RobotDecorator, type Stamped } from '@praxis/core';
import type { Subscription } from 'rxjs';
import { type OperatorRequest, passRequest } from './operator-request.ts';
import type { RequestResult } from './options.ts';
import { SupervisedCommand } from './supervised-command.ts';
import type { Supervisor } from './supervisor.ts';
import { watchStreams } from './watch-streams.ts';

/** Options of a {@link SupervisedRobot}: the command that the supervisor controls, and the switch of the brakes. */
export interface SupervisedRobotOptions {
  /** Name of the command that passes through the supervisor. Default `arm`. */
  readonly command?: string;
  /** Called when the brakes must close or open. A robot without brakes stays at its last target. */
  readonly onPower?: (power: 'on' | 'off') => void;
}

/**
 * A robot behind a supervisor. It replaces the robot for the control loop: it has the same spec, clock and streams, but
 * each {@link tick} sends only the supervisor's output. It throws on every other command, so that no command bypasses the
 * supervisor.
 *
 * @example
 * ```ts
 * const supervisor = new Supervisor({ names, streams: robot.spec.streams, model, kinematics, tool, config, period: 0.002 });
 * const supervised = new SupervisedRobot(robot, supervisor); // bind the control loop to this robot
 * supervisor.events$.subscribe(({ to, message }) => console.log(to, message));
 * supervisor.start(robot.clock.now()); // succeeds once the arm was measured
 * setInterval(() => supervised.tick(), 2);
 * ```
 */
export class SupervisedRobot extends RobotDecorator {
  /** The supervisor that decides on every command. */
  readonly supervisor: Supervisor;
  readonly #command: SupervisedCommand;
  readonly #onPower: (power: 'on' | 'off') => void;
  readonly #output: { value: { position: Float64Array; gripperWidth: number }; stamp: number; received: number };
  readonly #subscription: Subscription;
  #power: 'on' | 'off' | undefined;

  /** @throws {BindError} if the robot has no such command. */
  constructor(robot: Robot, supervisor: Supervisor, options: SupervisedRobotOptions = {}) {
    const { command: name = 'arm', onPower = () => {} } = options;
    const command = new SupervisedCommand(robot, name);
    super(robot, { ...robot.spec, commands: [command.spec] });
    this.supervisor = supervisor;
    this.#command = command;
    this.#onPower = onPower;
    this.#output = {
      value: { position: new Float64Array(command.joints.length), gripperWidth: 0 },
      stamp: 0,
      received: 0,
    };
    this.#subscription = watchStreams(robot, supervisor);
  }

  /** `off` while the brakes are closed, and before the first measurement of the arm. */
  get power(): 'on' | 'off' {
    return this.#power ?? 'off';
  }

  /**
   * Passes a command to the supervisor. The next {@link tick} sends the supervisor's output to the robot.
   * @throws {CommandError} on a wrong name, a wrong size, or a value that is not finite; the supervisor has counted it
   * already.
   */
  override command(name: string, command: Stamped<ArmCommand>): void {
    this.#command.checkName(name);
    this.supervisor.acceptCommand(command, this.clock.now());
    this.#command.checkValue(command.value);
  }

  /**
   * Runs one period of the supervisor at the time of the robot's clock. Call it after the loop, and also if the loop is
   * late.
   */
  tick(): void {
    const now = this.clock.now();
    const { place, position, gripperWidth, powered } = this.supervisor.tick(now);
    if (place === 'unknown') return;
    const power = powered ? 'on' : 'off';
    if (power !== this.#power) this.#onPower(power);
    this.#power = power;
    this.#output.value.position.set(position);
    this.#output.value.gripperWidth = gripperWidth;
    this.#output.stamp = now;
    this.#output.received = now;
    this.inner.command(this.#command.name, this.#output);
  }

  /** Passes a person's request to the supervisor. It returns the reason when the supervisor refuses it. */
  request(request: OperatorRequest): RequestResult {
    return passRequest(this.supervisor, request, this.clock.now());
  }

  /** Stops the given robot and no longer passes samples to the supervisor. */
  override async stop(): Promise<void> {
    this.#subscription.unsubscribe();
    await super.stop();
  }
}
