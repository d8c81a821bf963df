import { BindError } from '../errors/errors.ts';
import type { Kinematics } from '../ports/kinematics.ts';
import type { Robot } from '../ports/robot.ts';
import { commandOrder } from './bind-joints.ts';

/** Sends the arm command. Its buffers are reused every tick: the robot copies the command. */
export class ArmOutput {
  readonly #robot: Robot;
  readonly #name: string;
  readonly #order: Int32Array;
  readonly #position: Float64Array;
  readonly #command: { value: { position: Float64Array; gripperWidth: number }; stamp: number; received: number };

  /** @throws {BindError} when the robot has no such command, or the command's joints differ from the kinematics. */
  constructor(robot: Robot, name: string, kinematics: Kinematics) {
    const spec = robot.spec.commands.find((each) => each.name === name);
    if (!spec) {
      const names = robot.spec.commands.map((each) => each.name).join(', ');
      throw new BindError(`robot ${robot.spec.name}: no command ${name}, only ${names}`);
    }
    this.#robot = robot;
    this.#name = name;
    this.#order = commandOrder(spec, kinematics.jointNames);
    this.#position = new Float64Array(this.#order.length);
    this.#command = { value: { position: this.#position, gripperWidth: 0 }, stamp: 0, received: 0 };
  }

  /**
   * Sends one joint target.
   * @param joints joint positions (rad), in the order of the kinematics
   * @param gripperWidth width (m)
   * @throws {CommandError} when the robot refuses the command.
   */
  send(joints: Float64Array, gripperWidth: number, now: number): void {
    for (let i = 0; i < this.#order.length; i++) this.#position[i] = joints[this.#order[i]];
    this.#command.value.gripperWidth = gripperWidth;
    this.#command.stamp = now;
    this.#command.received = now;
    this.#robot.command(this.#name, this.#command);
  }
}
