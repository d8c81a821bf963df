import type { EpisodeResult } from '@praxis/sim';
import type { EpisodeChoice } from '../protocol/protocol.ts';

/** What the page offers to scripts, tests among them: `window.praxis`. */
export interface StudioApi {
  /** Resolves when simulator and policy are loaded; rejects with one line when either is not to be had. */
  readonly ready: Promise<void>;
  /**
   * Runs a whole episode in lock step as fast as the machine can, in view, and gives its result: the same actions as
   * the same episode in Node with the same ONNX Runtime.
   */
  runEpisode(choice: Pick<EpisodeChoice, 'task' | 'seed'> & Partial<EpisodeChoice>): Promise<EpisodeResult>;
}

/** Resolves when every named part is there, rejects at the first failure. */
export class Readiness {
  readonly promise: Promise<void>;
  readonly #missing: Set<string>;
  #resolve!: () => void;
  #reject!: (error: Error) => void;

  constructor(parts: readonly string[]) {
    this.#missing = new Set(parts);
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // The page shows failures; whoever awaits this hears them as well, and nobody has to.
    this.promise.catch(() => undefined);
  }

  markReady(part: string): void {
    this.#missing.delete(part);
    if (this.#missing.size === 0) this.#resolve();
  }

  /** @param message one line */
  fail(message: string): void {
    this.#reject(new Error(message));
  }
}
