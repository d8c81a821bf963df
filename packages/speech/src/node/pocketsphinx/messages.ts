import type { Extension } from '../../language/things.ts';
import type { Recognition } from '../../recognition/recogniser.ts';
import type { LabelRows } from '../../rescoring/ctc.ts';
import type { PocketSphinxFiles } from './find.ts';

/** What a thread begins with. */
export interface WorkerData {
  readonly files: PocketSphinxFiles;
  readonly extension: Extension;
  /** Those that the rows of a sound have labels for. */
  readonly words: readonly string[];
}

/** An utterance, 16 kHz, and the same before noise was taken off. */
export interface Heard {
  readonly samples: Float32Array;
  readonly plain?: Float32Array;
  /** What its words sound like. */
  readonly rows: LabelRows;
}

/** What the thread offers. */
export interface PocketSphinxService {
  readonly methods: { recognise(heard: Heard): Recognition };
}
