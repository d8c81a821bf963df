import { type Robot, type RobotCommand, RobotDecorator, type Stamped } from '@praxis/core';

/** Called with a command that a robot took. It must copy what it keeps. */
export type CommandListener = (name: string, command: Stamped<RobotCommand>) => void;

/** A robot that reports each command that the wrapped one took. */
export class CommandTap extends RobotDecorator {
  readonly #listener: CommandListener;

  constructor(inner: Robot, listener: CommandListener) {
    super(inner);
    this.#listener = listener;
  }

  override command(name: string, command: Stamped<RobotCommand>): void {
    super.command(name, command);
    this.#listener(name, command);
  }
}
