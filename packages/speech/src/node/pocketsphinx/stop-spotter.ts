import { type Extension, NOTHING } from '../../language/things.ts';
import type { SpottedWord, StopSpotter } from '../../recognition/stop-spotter.ts';
import type { Answering } from '../answering/answering.ts';
import { findPocketSphinx, type PocketSphinxFiles } from './find.ts';
import type { Heard } from './messages.ts';
import { required } from './recogniser.ts';
import { DEFAULT_STRICTNESS, type Strictness } from './stop-decoder.ts';
import { startThread } from './thread.ts';

export interface StopOptions {
  readonly strictness?: Strictness;
  readonly files?: PocketSphinxFiles;
  /** Of the loaded policy: words that people may say besides, and that are no stop words. */
  readonly extension?: Extension;
}

/** Stop words by PocketSphinx's keyword spotting. */
export class PocketSphinxStops implements StopSpotter {
  readonly #thread: Answering<Heard, readonly SpottedWord[]>;
  readonly gone: Promise<string>;

  private constructor(thread: Answering<Heard, readonly SpottedWord[]>) {
    this.#thread = thread;
    this.gone = thread.gone;
  }

  /** @throws {InputError} when the library or its model is missing (and how to get it) or does not start */
  static async start(options: StopOptions = {}): Promise<PocketSphinxStops> {
    const { strictness = DEFAULT_STRICTNESS, files = findPocketSphinx(), extension = NOTHING } = options;
    return new PocketSphinxStops(
      await startThread({ job: 'stop words', files: required(files), strictness, extension }),
    );
  }

  push(samples: Float32Array, contrast = Number.POSITIVE_INFINITY): Promise<readonly SpottedWord[]> {
    return this.#thread.ask({ samples, contrast });
  }

  close(): Promise<void> {
    return this.#thread.close();
  }
}
