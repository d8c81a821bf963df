import type { Progress } from './shared-channels.ts';

/**
 * Targets that have not left for this time (s) hold the arm. It is shorter than the deadline of the commands, which do not
 * arrive either while the thread of ROS is blocked, so that the hold names the cause.
 */
export const OUTPUT_TIMEOUT_S = 0.035;

/** Detects that the thread of ROS does not publish the targets that it was given. */
export class BlockedOutput {
  readonly #progress: Progress;
  readonly #name: string;
  #published = 0;
  #since = Number.NEGATIVE_INFINITY;

  /** @param name names of the topics, for the report */
  constructor(progress: Progress, name: string) {
    this.#progress = progress;
    this.#name = name;
  }

  /**
   * The reason for which targets do not leave; undefined while they do. Call it once a tick.
   * @param sent number of the newest target that was handed over
   * @param now monotonic time (s)
   */
  check(sent: number, now: number): string | undefined {
    const { published, publishing } = this.#progress;
    if (published === sent || published !== this.#published) {
      this.#published = published;
      this.#since = now;
    }
    const age = now - this.#since;
    if (age <= OUTPUT_TIMEOUT_S) return undefined;
    const time = `${(1000 * age).toFixed(0)} ms`;
    return publishing
      ? `publish on ${this.#name} has blocked for ${time} in the middleware`
      : `the thread of ROS has been busy for ${time}: no target left for ${this.#name}`;
  }
}
