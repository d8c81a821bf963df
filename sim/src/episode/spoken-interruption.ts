import type { Interruption } from '../tasks/task.ts';

/** Time from the end of a word until it is recognised (s): about that of the spotter of stop words. */
const RECOGNITION_S = 0.1;

/** What an episode does with words. */
export interface Listener {
  /** Requests a stop of the supervisor. */
  stop(): void;
  /** Publishes words for the policy. */
  instruct(text: string): void;
}

/** Delivers the words of an interruption in time, and measures how soon the arm acts on them. */
export class SpokenInterruption {
  readonly #interruption: Interruption;
  readonly #listener: Listener;
  readonly #actionDelay: number;
  #heardAt: number | undefined;
  #reactionS: number | undefined;

  /** @param actionDelay time between a command and its effect, which counts (s) */
  constructor(interruption: Interruption, actionDelay: number, listener: Listener) {
    this.#interruption = interruption;
    this.#listener = listener;
    this.#actionDelay = actionDelay;
  }

  /** Kind of the words, and the time from the end of the last one until the arm acts on them (s); undefined while it does not. */
  get result(): { readonly kind: Interruption['kind']; readonly reactionS: number | undefined } {
    return { kind: this.#interruption.kind, reactionS: this.#reactionS };
  }

  /**
   * Delivers the words once they are recognised.
   * @param now simulated time (s)
   * @param stopped true while the supervisor stops the arm
   */
  advance(now: number, stopped: boolean): void {
    const { time, kind, text } = this.#interruption;
    if (this.#heardAt === undefined && now >= time + RECOGNITION_S) {
      this.#heardAt = now;
      this.#interruption.hear();
      if (kind === 'stop') this.#listener.stop();
      else this.#listener.instruct(text);
    }
    if (kind === 'stop' && stopped && this.#heardAt !== undefined) this.#react(now);
  }

  /** Observes a chunk that the loop starts to follow. @param stamp time of the observation that it comes from (s) */
  observeChunk(stamp: number, now: number): void {
    if (this.#interruption.kind !== 'stop' && this.#heardAt !== undefined && stamp >= this.#heardAt) this.#react(now);
  }

  #react(now: number): void {
    if (this.#reactionS !== undefined) return;
    this.#reactionS = now + this.#actionDelay - this.#interruption.time;
    this.#interruption.react(this.#reactionS);
  }
}
