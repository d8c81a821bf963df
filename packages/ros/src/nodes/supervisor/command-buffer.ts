import type { ArmCommand, Stamped } from '@praxis/core';

/**
 * s: commands are carried out so long after they were made. Two event loops and a network bring them in bursts of a few
 * milliseconds; without this the arm would be jerked by each.
 */
export const DELAY = 0.012;
/** At 500 Hz these are 64 ms. */
const KEPT = 32;

/**
 * Commands as they were made, not as they came: between two of them, targets lie on a straight line (a playout buffer, as for
 * voice over a network). When no newer one has come, the newest is given, with its own stamp: how old it is stays to be seen.
 */
export class CommandBuffer {
  readonly #commands: Stamped<ArmCommand>[] = [];
  readonly #joints: number;

  constructor(joints: number) {
    this.#joints = joints;
  }

  /** Takes a command; one that is not newer than the last is left out. */
  push(command: Stamped<ArmCommand>): void {
    if (command.stamp <= (this.#commands.at(-1)?.stamp ?? Number.NEGATIVE_INFINITY)) return;
    this.#commands.push(command);
    if (this.#commands.length > KEPT) this.#commands.shift();
  }

  /** What was to hold {@link DELAY} before `now`; undefined when nothing had been made by then. */
  at(now: number): Stamped<ArmCommand> | undefined {
    const time = now - DELAY;
    const later = this.#commands.findIndex(({ stamp }) => stamp > time);
    if (later < 0) return this.#commands.at(-1);
    if (later === 0) return undefined;
    const a = this.#commands[later - 1];
    const b = this.#commands[later];
    // Only what was made for this arm can be mixed; what was not is for the supervisor to see.
    if (a.value.position.length !== this.#joints || b.value.position.length !== this.#joints) return b;
    const share = (time - a.stamp) / (b.stamp - a.stamp);
    const between = (from: number, to: number): number => from + share * (to - from);
    return {
      value: {
        position: a.value.position.map((q, i) => between(q, b.value.position[i])),
        gripperWidth: between(a.value.gripperWidth, b.value.gripperWidth),
      },
      stamp: time,
      received: b.received,
    };
  }

  /** What came before counts no longer. */
  clear(): void {
    this.#commands.length = 0;
  }
}
