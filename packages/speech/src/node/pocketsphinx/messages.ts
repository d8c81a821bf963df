import type { Extension } from '../../language/things.ts';
import type { PocketSphinxFiles } from './find.ts';
import type { Strictness } from './stop-decoder.ts';

/** What a thread is to do. */
export type WorkerData =
  | { readonly job: 'commands'; readonly files: PocketSphinxFiles; readonly extension: Extension }
  | {
      readonly job: 'stop words';
      readonly files: PocketSphinxFiles;
      readonly strictness: Strictness;
      readonly extension: Extension;
    };

/** 16 kHz, by how much speech stood out of the noise (dB), and for commands the same before noise was taken off. */
export interface Heard {
  readonly samples: Float32Array;
  readonly contrast: number;
  readonly plain?: Float32Array;
}
