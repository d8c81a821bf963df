import type { HeardStop } from '../../recognition/recogniser.ts';
import type { StopSpotter } from '../../recognition/stop-spotter.ts';
import type { Answering } from '../answering/answering.ts';
import { findPocketSphinx, type PocketSphinxFiles } from './find.ts';
import type { Heard } from './messages.ts';
import { required } from './recogniser.ts';
import { DEFAULT_STRICTNESS, type Strictness } from './stop-decoder.ts';
import { startThread } from './thread.ts';

/** Stop words by PocketSphinx's keyword spotting. */
export class PocketSphinxStops implements StopSpotter {
  readonly #thread: Answering<Heard, readonly HeardStop[]>;
  readonly gone: Promise<string>;

  private constructor(thread: Answering<Heard, readonly HeardStop[]>) {
    this.#thread = thread;
    this.gone = thread.gone;
  }

  /** @throws {InputError} when the library or its model is missing (and how to get it) or does not start */
  static async start(
    strictness: Strictness = DEFAULT_STRICTNESS,
    files: PocketSphinxFiles | undefined = findPocketSphinx(),
  ): Promise<PocketSphinxStops> {
    return new PocketSphinxStops(await startThread({ job: 'stop words', files: required(files), strictness }));
  }

  push(samples: Float32Array, contrast = Number.POSITIVE_INFINITY): Promise<readonly HeardStop[]> {
    return this.#thread.ask({ samples, contrast });
  }

  close(): Promise<void> {
    return this.#thread.close();
  }
}
