import type { Extension } from '../../language/things.ts';
import type { Recognition } from '../../recognition/recogniser.ts';
import type { PocketSphinxFiles } from './find.ts';

export interface WorkerData {
  readonly files: PocketSphinxFiles;
  readonly extension: Extension;
}

export type Reply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'recognition'; readonly recognition: Recognition }
  | { readonly kind: 'error'; readonly message: string };
