import { type ArmCommand, interpolateLinear, mix, SampleOrder, SampleWindow, type Stamped } from '@praxis/core';

/**
 * s: commands are carried out so long after they were made. Two event loops and a network bring them in bursts of a few
 * milliseconds; without this the arm would be jerked by each.
 */
export const PLAYOUT_DELAY_S = 0.012;
/** At 500 Hz these are 64 ms. */
const MAX_COMMANDS = 32;

/**
 * Commands as they were made, not as they came: between two of them, targets lie on a straight line (a playout buffer, as for
 * voice over a network). When no newer one has come, the newest is given, with its own stamp: how old it is stays to be seen.
 */
export class CommandBuffer {
  readonly #commands = new SampleWindow<Stamped<ArmCommand>>(MAX_COMMANDS);
  readonly #order = new SampleOrder();
  readonly #joints: number;

  constructor(joints: number) {
    this.#joints = joints;
  }

  /** Takes a command; one that is not newer than the last is left out. */
  add(command: Stamped<ArmCommand>): void {
    if (this.#order.judge(command.stamp) !== 'newer') return;
    this.#order.accept(command.stamp);
    this.#commands.push(command);
  }

  /** What was to hold {@link PLAYOUT_DELAY_S} before `now`; undefined when nothing had been made by then. */
  commandAt(now: number): Stamped<ArmCommand> | undefined {
    const time = now - PLAYOUT_DELAY_S;
    let a: Stamped<ArmCommand> | undefined;
    let b = this.#commands.at(0);
    for (let i = 1; b && b.stamp <= time; i++) {
      a = b;
      b = this.#commands.at(i);
    }
    if (!a || !b) return a;
    // Only what was made for this arm can be mixed; what was not is for the supervisor to see.
    if (a.value.position.length !== this.#joints || b.value.position.length !== this.#joints) return b;
    const share = (time - a.stamp) / (b.stamp - a.stamp);
    return {
      value: {
        position: interpolateLinear(a.value.position, b.value.position, share),
        gripperWidth: mix(a.value.gripperWidth, b.value.gripperWidth, share),
      },
      stamp: time,
      received: b.received,
    };
  }

  /** What came before counts no longer. */
  clear(): void {
    this.#commands.clear();
    this.#order.reset();
  }
}
