import { type ArmCommand, type Robot, RobotDecorator, type Stamped } from '@praxis/core';

/** A robot, and what it was told last. */
export class CommandRecorder extends RobotDecorator {
  /** Joint targets of the last command that the robot took (rad). */
  readonly commanded: Float64Array;
  /** False before the first. */
  hasCommand = false;

  /** @param joints how many the command has */
  constructor(robot: Robot, joints: number) {
    super(robot);
    this.commanded = new Float64Array(joints);
  }

  override command(name: string, command: Stamped<ArmCommand>): void {
    super.command(name, command);
    this.commanded.set(command.value.position);
    this.hasCommand = true;
  }
}
