import type { McapChunk } from './chunk-builder.ts';

const NANOSECONDS = 1e9;

/** Limits of a {@link ChunkRing}. */
export interface RingLimits {
  /** How much of the recording is kept (s). */
  readonly seconds: number;
  /** Most bytes of compressed chunks; the oldest go first. */
  readonly bytes: number;
}

/** Keeps the newest chunks of a recording in memory. */
export class ChunkRing {
  readonly #limits: RingLimits;
  readonly #chunks: McapChunk[] = [];
  #bytes = 0;

  constructor(limits: RingLimits) {
    this.#limits = limits;
  }

  /** The chunks that are kept, oldest first. */
  get chunks(): readonly McapChunk[] {
    return this.#chunks;
  }

  /** Bytes of the chunks that are kept. */
  get bytes(): number {
    return this.#bytes;
  }

  addChunk(chunk: McapChunk): void {
    this.#chunks.push(chunk);
    this.#bytes += sizeOf(chunk);
    const { seconds, bytes } = this.#limits;
    const oldest = Number(chunk.endTime) - seconds * NANOSECONDS;
    // The newest chunk stays, whatever its size.
    while (this.#chunks.length > 1 && (Number(this.#chunks[0].endTime) < oldest || this.#bytes > bytes)) {
      this.#bytes -= sizeOf(this.#chunks.shift()!);
    }
  }
}

const sizeOf = ({ head, records, indexes }: McapChunk): number => head.length + records.length + indexes.length;
