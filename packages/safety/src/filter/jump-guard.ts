import type { PerJoint } from '../config/filter-config.ts';
import { type JointLimits, perJoint } from './limits/joint-limits.ts';
import type { FilterVerdict } from './verdict.ts';

/** A stream of commands moves at most this many times as fast as the arm may: stamps have jitter. */
const COMMAND_SPEED_RATIO = 2;

const STAMP_INDEX = 0;

/**
 * Rejects commands that jump. A command must lie near the output. An arm that a barrier or the end of a joint keeps from its
 * command may be left behind: it stands there, and the commands may go on as long as they stay one motion, whose steps are
 * shorter than a jump and whose speed is one that the arm could have. After a jump the commands must begin near the output again.
 */
export class JumpGuard {
  readonly #names: readonly string[];
  readonly #jump: Float64Array | undefined;
  readonly #speed: Float64Array;
  readonly #period: number;
  readonly #last: Float64Array;
  readonly #times = new Float64Array(1);
  #known = false;
  #held = false;
  #parted = false;

  /**
   * @param jump longest distance of a command from the output, and of two commands from each other (rad, m); undefined admits all
   * @param period time between two outputs (s)
   */
  constructor(names: readonly string[], jump: PerJoint | undefined, limits: JointLimits, period: number) {
    this.#names = names;
    this.#jump = jump === undefined ? undefined : Float64Array.from(names, (name) => perJoint(jump, name) ?? Infinity);
    this.#speed = limits.velocity.map((speed) => COMMAND_SPEED_RATIO * speed);
    this.#period = period;
    this.#last = new Float64Array(names.length);
  }

  /** True from when a barrier has parted output and commands by more than a jump until they have met again. */
  get parted(): boolean {
    return this.#parted;
  }

  /** Forgets all commands: the next one must lie near the output. */
  reset(): void {
    this.#known = false;
    this.#held = false;
    this.#parted = false;
  }

  /** Says that the output is the command again. */
  join(): void {
    this.#parted = false;
  }

  /** Says whether a barrier kept the arm from the last command. */
  observe(barrier: 'held' | 'free'): void {
    this.#held = barrier === 'held';
  }

  /**
   * Accepts a command, or notes why it is rejected.
   * @param command joint positions (rad, m), finite
   * @param reachable the same within the ranges of the joints
   * @param output present output of the filter (rad, m)
   * @param stamp time at which the command was made (s)
   */
  accept(
    command: Float64Array,
    reachable: Float64Array,
    output: Float64Array,
    stamp: number,
    verdict: FilterVerdict,
  ): boolean {
    if (!this.#jump) return true;
    const far = firstFar(command, output, this.#jump);
    const parts = far >= 0 && firstFar(reachable, output, this.#jump) >= 0;
    if (far >= 0 && !(this.#continues(command, stamp) && (!parts || this.#held || this.#parted))) {
      this.reset();
      const distance = Math.abs(command[far] - output[far]);
      verdict.note(
        'reject',
        'jump',
        'distance from the last output (rad)',
        this.#names[far],
        distance,
        this.#jump[far],
      );
      return false;
    }
    if (parts) this.#parted = true;
    this.#known = true;
    // For so few numbers a loop is faster than `set`.
    for (let i = 0; i < command.length; i++) this.#last[i] = command[i];
    this.#times[STAMP_INDEX] = stamp;
    return true;
  }

  /** True when a command continues the motion of the last accepted one. */
  #continues(command: Float64Array, stamp: number): boolean {
    if (!this.#known || !this.#jump) return false;
    const time = Math.max(stamp - this.#times[STAMP_INDEX], this.#period);
    for (let i = 0; i < command.length; i++) {
      const most = Math.min(this.#jump[i], this.#speed[i] * time);
      if (!(Math.abs(command[i] - this.#last[i]) <= most)) return false;
    }
    return true;
  }
}

/** The first joint whose command is farther from the output than its jump, or -1. */
function firstFar(command: Float64Array, output: Float64Array, jump: Float64Array): number {
  for (let i = 0; i < jump.length; i++) if (Math.abs(command[i] - output[i]) > jump[i]) return i;
  return -1;
}
