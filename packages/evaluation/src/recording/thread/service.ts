import type { McapHead, McapMetadata, RingLimits } from '@praxis/wire/mcap';
import type { MessageBatch } from '../../threads/message-batch.ts';
import type { ExistingFile } from './file-sink.ts';

/** A file to write. */
export interface FileOrder {
  readonly path: string;
  readonly existing: ExistingFile;
}

/** What the thread of a recording gets at its start. */
export interface RecordingSetup {
  readonly head: McapHead;
  /** The whole recording goes to a file, or its newest part stays in memory. */
  readonly target: ({ readonly kind: 'file' } & FileOrder) | ({ readonly kind: 'ring' } & RingLimits);
}

/** A file that was written. */
export interface WrittenFile {
  readonly path: string;
  readonly bytes: number;
  readonly messages: number;
}

/** The service of the thread that compresses and writes a recording. */
export interface RecordingService {
  readonly methods: {
    write(order: { readonly batch: MessageBatch; readonly backlogBytes: number }): void;
    /** Writes what is kept in memory to a file; the recording goes on. */
    save(order: FileOrder & { readonly metadata: readonly McapMetadata[] }): WrittenFile;
    /** Ends the file; undefined for a ring and after a failure. */
    finish(metadata: readonly McapMetadata[]): WrittenFile | undefined;
  };
  readonly events: {
    /** So many bytes of messages were taken. */
    taken: number;
    /** The file takes no more; the recording has ended. */
    failed: string;
  };
}
