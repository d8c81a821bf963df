import { type ArmCommand, type Robot, RobotDecorator, type Stamped } from '@praxis/core';

/** Passes commands on to a robot and records the last one that the robot accepted. */
export class CommandRecorder extends RobotDecorator {
  /** Joint targets of the last accepted command (rad). */
  readonly commanded: Float64Array;
  /** False before the first command. */
  hasCommand = false;

  /** @param joints number of joints in a command */
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
