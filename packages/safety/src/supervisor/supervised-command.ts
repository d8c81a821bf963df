import type { SignalSpec } from '@praxis/core';
import { type ArmCommand, BindError, CommandError, checkArmCommand, commandJoints, type Robot } from '@praxis/core';

/** The one command of a robot that a supervisor controls. */
export class SupervisedCommand {
  readonly spec: SignalSpec;
  /** Joints of the command, in its order, without the gripper. */
  readonly joints: readonly string[];

  /** @throws {BindError} if the robot has no command of this name. */
  constructor(robot: Robot, name: string) {
    const spec = robot.spec.commands.find((each) => each.name === name);
    if (!spec) throw new BindError(`robot ${robot.spec.name}: no command ${name} to supervise`);
    this.spec = spec;
    this.joints = commandJoints(spec);
  }

  get name(): string {
    return this.spec.name;
  }

  /** @throws {CommandError} on the name of another command. */
  checkName(name: string): void {
    if (name !== this.spec.name) throw new CommandError(`no command "${name}": expected ${this.spec.name}`);
  }

  /** @throws {CommandError} on a wrong size, or a value that is not finite. */
  checkValue(value: ArmCommand): void {
    checkArmCommand(this.spec.name, this.joints, value);
  }
}
