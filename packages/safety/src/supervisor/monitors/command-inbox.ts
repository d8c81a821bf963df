import type { ArmCommand, Stamped } from '@praxis/core';
import { TIME_TOLERANCE_S } from './monitor.ts';

const NEWEST = 0;
const EMPTY = new Float64Array(0);

/** What became of the commands that came. */
export interface CommandCounts {
  taken: number;
  /** Older than one before: ignored. */
  reordered: number;
  /** Of the same stamp as the one before: ignored. */
  duplicated: number;
  /** Stamped later than now, or with no time at all: ignored. */
  ahead: number;
}

/** The newest command, copied, so that the sender may use its buffers again. Allocates nothing. */
export class CommandInbox {
  readonly counts: CommandCounts = { taken: 0, reordered: 0, duplicated: 0, ahead: 0 };
  /** The very numbers that came; a command of another size has no positions here. */
  readonly command: ArmCommand;
  /** False until one came, and after {@link clear}. */
  filled = false;
  readonly #buffer: Float64Array;
  readonly #writable: { position: Float64Array; gripperWidth: number };
  readonly #ahead: number;
  readonly #times = Float64Array.of(Number.NEGATIVE_INFINITY);

  /**
   * @param joints of a command
   * @param ahead how far a stamp may lie in the future (s)
   */
  constructor(joints: number, ahead: number) {
    this.#buffer = new Float64Array(joints);
    this.#writable = { position: this.#buffer, gripperWidth: 0 };
    this.command = this.#writable;
    this.#ahead = ahead;
  }

  /** Of the newest command (s). */
  get stamp(): number {
    return this.#times[NEWEST];
  }

  /** True when the command is newer than all before, whatever is in it. */
  accept({ value, stamp }: Stamped<ArmCommand>, now: number): boolean {
    if (!(stamp <= now + this.#ahead + TIME_TOLERANCE_S)) {
      this.counts.ahead++;
      return false;
    }
    const newest = this.#times[NEWEST];
    if (!(stamp > newest)) {
      if (stamp === newest) this.counts.duplicated++;
      else this.counts.reordered++;
      return false;
    }
    this.counts.taken++;
    this.#times[NEWEST] = stamp;
    const { position, gripperWidth } = value;
    const fits = position.length === this.#buffer.length;
    for (let i = 0; fits && i < position.length; i++) this.#buffer[i] = position[i];
    this.#writable.position = fits ? this.#buffer : EMPTY;
    this.#writable.gripperWidth = gripperWidth;
    this.filled = true;
    return true;
  }

  /** In what the newest command is not one; undefined when it is, or none came. */
  fault(): string | undefined {
    if (!this.filled) return undefined;
    const { position, gripperWidth } = this.command;
    if (position.length !== this.#buffer.length) return 'the newest command has the wrong number of joints';
    for (let i = 0; i < position.length; i++) {
      if (!Number.isFinite(position[i])) return `the newest command has ${position[i]} for joint ${i + 1}`;
    }
    return Number.isFinite(gripperWidth) ? undefined : `the newest command has gripper width ${gripperWidth}`;
  }

  /** What came before counts no longer, nor do its stamps. */
  clear(): void {
    this.filled = false;
    this.#times[NEWEST] = Number.NEGATIVE_INFINITY;
  }
}
