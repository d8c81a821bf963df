import type { Robot } from '../ports/robot.ts';

/** Sends the command of a driven base. Its buffers are reused every tick: the robot copies the command. */
export class BaseOutput {
  readonly #robot: Robot;
  readonly #name: string;
  readonly #command: { readonly value: { readonly twist: Float64Array }; stamp: number; received: number };

  /** @param twist velocities in the order of the command (m/s, rad/s), which the owner writes */
  constructor(robot: Robot, name: string, twist: Float64Array) {
    this.#robot = robot;
    this.#name = name;
    this.#command = { value: { twist }, stamp: 0, received: 0 };
  }

  /** @throws {CommandError} when the robot refuses the command. */
  send(now: number): void {
    this.#command.stamp = now;
    this.#command.received = now;
    this.#robot.command(this.#name, this.#command);
  }
}
