import { type McapChunk, McapFileWriter, type McapHead, type McapMetadata } from '@praxis/wire/mcap';
import { FileSink } from './file-sink.ts';
import type { FileOrder, WrittenFile } from './service.ts';

/** A recording's file while it is written. */
export class RecordingFile {
  readonly #sink: FileSink;
  readonly #writer: McapFileWriter;
  #messages = 0;

  /** @throws {InputError} when the file exists and may not be overwritten, or cannot be written */
  constructor({ path, existing }: FileOrder, head: McapHead) {
    this.#sink = new FileSink(path, existing);
    this.#writer = new McapFileWriter(this.#sink, head);
  }

  /** @throws {InputError} when the system takes no more */
  addChunk(chunk: McapChunk): void {
    this.#writer.addChunk(chunk);
    for (const count of chunk.counts.values()) this.#messages += count;
  }

  /** Writes facts and index, and closes the file. @throws {InputError} when the system takes no more */
  end(metadata: readonly McapMetadata[]): WrittenFile {
    for (const each of metadata) this.#writer.addMetadata(each);
    this.#writer.end();
    this.close();
    return { path: this.#sink.path, bytes: this.#sink.size, messages: this.#messages };
  }

  close(): void {
    this.#sink.close();
  }
}
