import type { Extension } from '../../language/things.ts';
import type { PocketSphinxFiles } from './find.ts';

/** What a thread begins with. */
export interface WorkerData {
  readonly files: PocketSphinxFiles;
  readonly extension: Extension;
}

/** An utterance, 16 kHz, and the same before noise was taken off. */
export interface Heard {
  readonly samples: Float32Array;
  readonly plain?: Float32Array;
}
