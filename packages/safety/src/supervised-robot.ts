import {
  type ArmCommand,
  BindError,
  CommandError,
  checkArmCommand,
  commandJoints,
  type Robot,
  RobotDecorator,
  type Stamped,
} from '@praxis/core';
import { Subscription } from 'rxjs';
import type { Supervisor } from './supervisor.ts';

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
export class SupervisedRobot extends RobotDecorator {
  readonly supervisor: Supervisor;
  readonly #name: string;
  readonly #joints: readonly string[];
  readonly #onPower: (power: 'on' | 'off') => void;
  readonly #sent: { value: { position: Float64Array; gripperWidth: number }; stamp: number; received: number };
  #subscription = new Subscription();
  #powered: boolean | undefined;

  /** @throws {BindError} when the robot has no such command. */
  constructor(robot: Robot, supervisor: Supervisor, options: SupervisedRobotOptions = {}) {
    const { command = 'arm', onPower = () => {} } = options;
    const spec = robot.spec.commands.find(({ name }) => name === command);
    if (!spec) throw new BindError(`robot ${robot.spec.name}: no command ${command} to supervise`);
    super(robot, { ...robot.spec, commands: [spec] });
    this.supervisor = supervisor;
    this.#name = command;
    this.#joints = commandJoints(spec);
    this.#onPower = onPower;
    this.#sent = { value: { position: new Float64Array(this.#joints.length), gripperWidth: 0 }, stamp: 0, received: 0 };
    for (const { name } of robot.spec.streams) this.#watch(name);
  }

  /**
   * Hands the command to the supervisor; it goes on to the robot with the next {@link tick}, as the supervisor lets it.
   * @throws {CommandError} on a wrong name, size, or a value that is not finite; the supervisor has seen it then.
   */
  override command(name: string, command: Stamped<ArmCommand>): void {
    if (name !== this.#name) throw new CommandError(`no command "${name}": expected ${this.#name}`);
    this.supervisor.takeCommand(command, this.clock.now());
    checkArmCommand(name, this.#joints, command.value);
  }

  /** One period of the supervisor, at the time of the robot's clock: after the loop's, and also when the loop has none. */
  tick(): void {
    const now = this.clock.now();
    const { place, position, gripperWidth, powered } = this.supervisor.tick(now);
    if (place === 'unknown') return;
    if (powered !== this.#powered) this.#onPower(powered ? 'on' : 'off');
    this.#powered = powered;
    this.#sent.value.position.set(position);
    this.#sent.value.gripperWidth = gripperWidth;
    this.#sent.stamp = now;
    this.#sent.received = now;
    this.inner.command(this.#name, this.#sent);
  }

  override async stop(): Promise<void> {
    this.#subscription.unsubscribe();
    await super.stop();
  }

  #watch(name: string): void {
    const { supervisor, clock } = this;
    this.#subscription.add(
      this.inner.stream(name).subscribe({
        next: (sample) => supervisor.takeSample(name, sample, clock.now()),
        error: (error: unknown) => supervisor.streamEnded(name, String(error)),
        complete: () => supervisor.streamEnded(name, 'it is complete'),
      }),
    );
  }
}
