import type { ArmCommand, Stamped } from '@praxis/core';
import { TIME_TOLERANCE_S } from '@praxis/core';

const NEWEST_INDEX = 0;
const EMPTY = new Float64Array(0);

/** Counts of the commands that arrived, by outcome. */
export interface CommandCounts {
  /** Newer than all before, and accepted. */
  accepted: number;
  /** Ignored: older than a previous one. */
  reordered: number;
  /** Ignored: stamped like the previous one. */
  duplicated: number;
  /** Ignored: stamped in the future, or without a valid time. */
  ahead: number;
}

/** A copy of the newest command, so that the sender may reuse its buffers. It allocates nothing. */
export class CommandInbox {
  readonly counts: CommandCounts = { accepted: 0, reordered: 0, duplicated: 0, ahead: 0 };
  /** The exact numbers that arrived. A command of a wrong size has no positions here. */
  readonly command: ArmCommand;
  /** False before the first command and after {@link clear}. */
  filled = false;
  readonly #buffer: Float64Array;
  readonly #writable: { position: Float64Array; gripperWidth: number };
  readonly #ahead: number;
  readonly #times = Float64Array.of(Number.NEGATIVE_INFINITY);

  /**
   * @param joints number of joints of a command
   * @param ahead largest time by which a stamp may lie in the future (s)
   */
  constructor(joints: number, ahead: number) {
    this.#buffer = new Float64Array(joints);
    this.#writable = { position: this.#buffer, gripperWidth: 0 };
    this.command = this.#writable;
    this.#ahead = ahead;
  }

  /** Stamp of the newest command (s). */
  get stamp(): number {
    return this.#times[NEWEST_INDEX];
  }

  /** Copies a command; false if it is not newer than all before. Its content is not checked here. */
  accept({ value, stamp }: Stamped<ArmCommand>, now: number): boolean {
    if (!(stamp <= now + this.#ahead + TIME_TOLERANCE_S)) {
      this.counts.ahead++;
      return false;
    }
    const newest = this.#times[NEWEST_INDEX];
    if (!(stamp > newest)) {
      if (stamp === newest) this.counts.duplicated++;
      else this.counts.reordered++;
      return false;
    }
    this.counts.accepted++;
    this.#times[NEWEST_INDEX] = stamp;
    // A command without positions counts as one of a wrong size.
    const { position = EMPTY, gripperWidth = Number.NaN } = value ?? {};
    const fits = position.length === this.#buffer.length;
    for (let i = 0; fits && i < position.length; i++) this.#buffer[i] = position[i];
    this.#writable.position = fits ? this.#buffer : EMPTY;
    this.#writable.gripperWidth = gripperWidth;
    this.filled = true;
    return true;
  }

  /** The defect of the newest command; undefined if it has none or none has arrived. */
  fault(): string | undefined {
    if (!this.filled) return undefined;
    const { position, gripperWidth } = this.command;
    if (position.length !== this.#buffer.length) return 'the newest command has the wrong number of joints';
    for (let i = 0; i < position.length; i++) {
      if (!Number.isFinite(position[i])) return `the newest command has ${position[i]} for joint ${i + 1}`;
    }
    return Number.isFinite(gripperWidth) ? undefined : `the newest command has gripper width ${gripperWidth}`;
  }

  /** Discards the newest command and its stamp. */
  clear(): void {
    this.filled = false;
    this.#times[NEWEST_INDEX] = Number.NEGATIVE_INFINITY;
  }
}
