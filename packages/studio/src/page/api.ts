import type { EpisodeResult } from '@praxis/sim';
import type { EpisodeChoice } from '../protocol/protocol.ts';

/** The functions that the page offers to scripts and tests as `window.praxis`. */
export interface StudioApi {
  /** Resolves when simulator and policy are loaded; rejects with one line when one of them does not load. */
  readonly ready: Promise<void>;
  /**
   * Runs and displays a whole episode in lock step, as fast as the machine allows. The actions equal those of the same
   * episode in Node with the same ONNX Runtime.
   */
  runEpisode(choice: Pick<EpisodeChoice, 'task' | 'seed'> & Partial<EpisodeChoice>): Promise<EpisodeResult>;
}

/** A promise that resolves when every named part is ready and rejects at the first failure. */
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
    // The page shows failures, so a page that does not await the promise must not cause an unhandled rejection.
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
