/** A node commands the arm for this time (s) after its last command. Commands come every 2 ms. */
const COMMANDING_S = 0.2;

/**
 * Lets one node at a time command the arm. The first sender of commands has the authority until it has sent none for 0.2 s. A
 * command of another sender is a conflict, which lasts for 0.2 s after its last command. Another publisher on a topic of the
 * controllers is a conflict too, since its targets pass the supervisor by.
 */
export class CommandAuthority {
  readonly #onConflict: (reason: string) => void;
  /** Time of the last command of each sender (s). */
  readonly #lastCommands = new Map<string, number>();
  #commander: string | undefined;
  /** Publishers that are known from discovery, as one line; undefined while there is no other. */
  #rivals: string | undefined;
  #inConflict = false;

  /** @param onConflict called with the reason when a conflict begins, in one line */
  constructor(onConflict: (reason: string) => void) {
    this.#onConflict = onConflict;
  }

  /** The sender whose commands move the arm; undefined while none does. */
  commander(now: number): string | undefined {
    return this.#commander !== undefined && this.#commands(this.#commander, now) ? this.#commander : undefined;
  }

  /**
   * Decides about a command.
   * @param sender name of the node that sent it, from `senderOf`; empty when it does not say it
   * @param now time of receipt (s)
   * @returns true when the command may move the arm
   */
  accept(sender: string, now: number): boolean {
    const commander = this.commander(now) ?? sender;
    this.#commander = commander;
    this.#lastCommands.set(sender, now);
    const accepted = sender === commander;
    if (!accepted || this.#inConflict) this.check(now);
    return accepted;
  }

  /** @param rivals reason for which other publishers compete with a commander or with the supervisor; undefined for none */
  reportRivals(rivals: string | undefined, now: number): void {
    this.#rivals = rivals;
    this.check(now);
  }

  /** The conflict at `now` (s), in one line; undefined when one node commands, or none. */
  conflict(now: number): string | undefined {
    const senders = [...this.#lastCommands.keys()].filter((sender) => this.#commands(sender, now));
    if (senders.length > 1) return `${senders.length} nodes command the arm at once: ${senders.map(nameOf).join(', ')}`;
    return this.#rivals;
  }

  /** Reports a conflict that has begun. */
  check(now: number): void {
    for (const sender of this.#lastCommands.keys()) if (!this.#commands(sender, now)) this.#lastCommands.delete(sender);
    const conflict = this.conflict(now);
    if (conflict !== undefined && !this.#inConflict) this.#onConflict(conflict);
    this.#inConflict = conflict !== undefined;
  }

  #commands(sender: string, now: number): boolean {
    const last = this.#lastCommands.get(sender);
    // After a jump of the clock the times are of no use.
    return last !== undefined && Math.abs(now - last) <= COMMANDING_S;
  }
}

/** A sender's name for people. */
export const nameOf = (sender: string): string =>
  sender === '' ? 'a node that does not say its name' : sender.split(' ')[0];
