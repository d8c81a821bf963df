import type { ByteSource } from '../../mcap/byte-source.ts';
import type { ByteSink } from '../../mcap/file-writer.ts';

/** Port: the files of a dataset, by their paths below its folder, with `/`. */
export interface DatasetFiles {
  /** Name of the dataset in messages. */
  readonly name: string;
  /** Paths of the files below a folder of the dataset, in their order. */
  list(folder: string): Promise<readonly string[]>;
  /** A file's bytes; undefined if there is no such file. */
  open(path: string): Promise<ByteSource | undefined>;
}

/** A file that takes bytes until it is closed. */
export interface DatasetSink extends ByteSink {
  close(): void;
}

/** Port: the folder that a dataset is written to. */
export interface DatasetTarget {
  /** Begins a new file, and the folders above it. */
  create(path: string): DatasetSink;
}
