import { type ArmCommand, interpolateLinear, lerp, SampleOrder, SampleWindow, type Stamped } from '@praxis/core';

/**
 * Delay (s) between the stamp of a command and its execution. Two event loops and a network deliver commands in bursts of a
 * few milliseconds; without the delay each burst would jerk the arm.
 */
export const PLAYOUT_DELAY_S = 0.012;
/** Capacity of the buffer: 64 ms of commands at 500 Hz. */
const MAX_COMMANDS = 32;

/**
 * Restores the timing of commands from their stamps and interpolates linearly between them: a playout buffer, as voice over
 * IP uses one. When no newer command arrives, it returns the newest one with its own stamp, so that its age stays visible.
 */
export class CommandBuffer {
  readonly #commands = new SampleWindow<Stamped<ArmCommand>>(MAX_COMMANDS);
  readonly #order = new SampleOrder();
  readonly #joints: number;

  constructor(joints: number) {
    this.#joints = joints;
  }

  /** Adds a command. One that is not newer than the last one is ignored; after a jump of the clock the buffer starts anew. */
  add(command: Stamped<ArmCommand>): void {
    const verdict = this.#order.judge(command.stamp, command.received);
    if (verdict === 'restarted') this.clear();
    else if (verdict !== 'newer') return;
    this.#order.accept(command.stamp);
    this.#commands.push(command);
  }

  /** The command of {@link PLAYOUT_DELAY_S} before `now` (s); undefined when no command is that old. */
  commandAt(now: number): Stamped<ArmCommand> | undefined {
    const time = now - PLAYOUT_DELAY_S;
    let a: Stamped<ArmCommand> | undefined;
    let b = this.#commands.at(0);
    for (let i = 1; b && b.stamp <= time; i++) {
      a = b;
      b = this.#commands.at(i);
    }
    if (!a || !b) return a;
    // Commands of another size cannot be interpolated; the supervisor rejects them.
    if (a.value.position.length !== this.#joints || b.value.position.length !== this.#joints) return b;
    const share = (time - a.stamp) / (b.stamp - a.stamp);
    return {
      value: {
        position: interpolateLinear(a.value.position, b.value.position, share),
        gripperWidth: lerp(a.value.gripperWidth, b.value.gripperWidth, share),
      },
      stamp: time,
      received: b.received,
    };
  }

  /** Discards all commands and the order of their stamps. */
  clear(): void {
    this.#commands.clear();
    this.#order.reset();
  }
}

/** Plays the commands of one group out: each command once, at its time. */
export class CommandPlayout {
  readonly #buffer: CommandBuffer;
  /** Order of the commands that were played out. */
  readonly #order = new SampleOrder();

  /** @param size number of positions of a command */
  constructor(size: number) {
    this.#buffer = new CommandBuffer(size);
  }

  add(command: Stamped<ArmCommand>): void {
    this.#buffer.add(command);
  }

  /** The command that is due at `now` (s); undefined when it was played out before, or none is due. */
  next(now: number): Stamped<ArmCommand> | undefined {
    const command = this.#buffer.commandAt(now);
    if (!command) return undefined;
    // The buffer returns its newest command repeatedly.
    const verdict = this.#order.judge(command.stamp, now);
    if (verdict !== 'newer' && verdict !== 'restarted') return undefined;
    this.#order.accept(command.stamp);
    return command;
  }
}
