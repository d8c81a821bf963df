import type { ArmCommand, Clock, Robot, RobotSpec, Stamped } from '@praxis/core';

/** A robot, and what it was told last. */
export class CommandTap implements Robot {
  readonly spec: RobotSpec;
  readonly clock: Clock;
  /** Joint targets of the last command that the robot took (rad). */
  readonly commanded: Float64Array;
  /** False before the first. */
  known = false;
  readonly #robot: Robot;

  /** @param joints how many the command has */
  constructor(robot: Robot, joints: number) {
    this.#robot = robot;
    this.spec = robot.spec;
    this.clock = robot.clock;
    this.commanded = new Float64Array(joints);
  }

  stream(name: string) {
    return this.#robot.stream(name);
  }

  command(name: string, command: Stamped<ArmCommand>): void {
    this.#robot.command(name, command);
    this.commanded.set(command.value.position);
    this.known = true;
  }

  start(): Promise<void> {
    return this.#robot.start();
  }

  stop(): Promise<void> {
    return this.#robot.stop();
  }
}
