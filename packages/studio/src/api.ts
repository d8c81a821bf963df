import type { EpisodeResult } from '@praxis/sim';
import type { EpisodeChoice } from './protocol.ts';

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
