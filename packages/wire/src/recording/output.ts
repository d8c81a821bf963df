import type { ChunkBuilder, McapChunk, McapMessage } from '../mcap/chunk-builder.ts';

/** Port: takes the messages of a recording. */
export interface RecordingOutput {
  /** Bytes of messages that wait to be written. */
  readonly backlogBytes: number;
  /** False for a channel of which no message is needed now, and none is encoded. Default: every message is. */
  wants?(channel: number): boolean;
  /**
   * A buffer of at least so many bytes for the data of a large message that {@link write} takes next, which the output uses again once the
   * message is written: new memory for each picture costs the loop's thread time. Default: every message has a buffer of its own.
   */
  bufferFor?(bytes: number): ArrayBufferLike | undefined;
  /** Takes a message, whose bytes the caller does not use again. It never blocks. */
  write(message: McapMessage): void;
}

/** Takes whole chunks: a file, or a ring in memory. */
export interface ChunkTarget {
  addChunk(chunk: McapChunk): void;
}

/** An output that builds chunks at once in the thread of its caller, as for a download in a browser. */
export class DirectOutput implements RecordingOutput {
  readonly backlogBytes = 0;
  readonly #builder: ChunkBuilder;
  readonly #target: ChunkTarget;

  constructor(builder: ChunkBuilder, target: ChunkTarget) {
    this.#builder = builder;
    this.#target = target;
  }

  write(message: McapMessage): void {
    const chunk = this.#builder.add(message);
    if (chunk) this.#target.addChunk(chunk);
  }

  /** Hands over the messages that no chunk has yet. */
  flush(): void {
    const chunk = this.#builder.finish();
    if (chunk) this.#target.addChunk(chunk);
  }
}
