import {
  type ArmCommand,
  BindError,
  type Clock,
  CommandError,
  checkArmCommand,
  commandJoints,
  type Robot,
  type RobotSpec,
  type Stamped,
  type StreamValue,
} from '@praxis/core';
import { type Observable, Subscription } from 'rxjs';
import type { Supervisor } from './supervisor.ts';

/**
 * A request of a person. `hold` stops and keeps the drives powered. `stop` is a protective stop. `resetAndStart` resets a
 * stop and, if that succeeds, lets commands through again.
 */
export type OperatorRequest = 'hold' | 'stop' | 'resetAndStart';

export interface SupervisedRobotOptions {
  /** The command that the supervisor guards. Default `arm`. */
  readonly command?: string;
  /** Told when the brakes are to close or open; a robot without brakes stands on its last target. */
  readonly onPower?: (power: 'on' | 'off') => void;
}

/**
 * A robot behind a supervisor, to be bound in its place: the same spec, clock and streams, but a command reaches the robot
 * only as what the supervisor makes of it, once a {@link tick}. Commands other than the guarded one are refused: there is
 * no way around.
 */
export class SupervisedRobot implements Robot {
  readonly spec: RobotSpec;
  readonly clock: Clock;
  readonly supervisor: Supervisor;
  readonly #robot: Robot;
  readonly #name: string;
  readonly #joints: readonly string[];
  readonly #onPower: (power: 'on' | 'off') => void;
  readonly #output: { value: { position: Float64Array; gripperWidth: number }; stamp: number; received: number };
  #subscription = new Subscription();
  #power: 'on' | 'off' | undefined;

  /** @throws {BindError} when the robot has no such command. */
  constructor(robot: Robot, supervisor: Supervisor, options: SupervisedRobotOptions = {}) {
    const { command = 'arm', onPower = () => {} } = options;
    const spec = robot.spec.commands.find(({ name }) => name === command);
    if (!spec) throw new BindError(`robot ${robot.spec.name}: no command ${command} to supervise`);
    this.spec = { ...robot.spec, commands: [spec] };
    this.clock = robot.clock;
    this.supervisor = supervisor;
    this.#robot = robot;
    this.#name = command;
    this.#joints = commandJoints(spec);
    this.#onPower = onPower;
    this.#output = {
      value: { position: new Float64Array(this.#joints.length), gripperWidth: 0 },
      stamp: 0,
      received: 0,
    };
    for (const { name } of robot.spec.streams) this.#subscribe(name);
  }

  /** `off` while the brakes are closed, and before the first measurement of the arm. */
  get power(): 'on' | 'off' {
    return this.#power ?? 'off';
  }

  stream(name: string): Observable<Stamped<StreamValue>> {
    return this.#robot.stream(name);
  }

  /**
   * Hands the command to the supervisor; it goes on to the robot with the next {@link tick}, as the supervisor lets it.
   * @throws {CommandError} on a wrong name, size, or a value that is not finite; the supervisor has seen it then.
   */
  command(name: string, command: Stamped<ArmCommand>): void {
    if (name !== this.#name) throw new CommandError(`no command "${name}": expected ${this.#name}`);
    this.supervisor.acceptCommand(command, this.clock.now());
    checkArmCommand(name, this.#joints, command.value);
  }

  /** One period of the supervisor, at the time of the robot's clock: after the loop's, and also when the loop has none. */
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
    this.#robot.command(this.#name, this.#output);
  }

  /** Passes a person's request to the supervisor; `supervisor.state` shows whether it took effect. */
  request(request: OperatorRequest): void {
    const { supervisor } = this;
    const now = this.clock.now();
    if (request === 'hold') supervisor.hold(now, 'hold asked for');
    else if (request === 'stop') supervisor.protectiveStop(now, 'stop asked for');
    else if (supervisor.state === 'ready' || supervisor.reset(now).ok) supervisor.start(now);
  }

  start(): Promise<void> {
    return this.#robot.start();
  }

  async stop(): Promise<void> {
    this.#subscription.unsubscribe();
    await this.#robot.stop();
  }

  #subscribe(name: string): void {
    const { supervisor, clock } = this;
    this.#subscription.add(
      this.#robot.stream(name).subscribe({
        next: (sample) => supervisor.acceptSample(name, sample, clock.now()),
        error: (error: unknown) => supervisor.reportStreamEnd(name, String(error)),
        complete: () => supervisor.reportStreamEnd(name, 'it is complete'),
      }),
    );
  }
}
