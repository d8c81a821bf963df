import type { HeardStop } from './recogniser.ts';

/** A stop word in sound that is still going on. */
export interface SpottedWord extends HeardStop {
  /**
   * `likely`: a stop if nobody goes on speaking after it; `suspected`: it may have been another word, which shows when it is known
   * what was said.
   */
  readonly certainty: 'sure' | 'likely' | 'suspected';
}

/** Port: hears stop words in sound that is still going on. */
export interface StopSpotter {
  /**
   * What comes next of one endless stream.
   * @param samples 16 kHz, any number of them
   * @returns what was found with them; seconds from the first sample that this spotter was given
   * @throws {InputError} when the spotter is gone
   */
  push(samples: Float32Array): Promise<readonly SpottedWord[]>;
  /** Resolves with why when it ended, of itself or because it was closed. */
  readonly gone: Promise<string>;
  close(): Promise<void>;
}
