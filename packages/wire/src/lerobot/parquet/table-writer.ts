import type { KeyValue, SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { DatasetSink } from '../format/files.ts';
import type { TableColumn } from './columns.ts';

/** Passes the bytes of each row group on, so that memory holds one row group. */
class SinkWriter extends ByteWriter {
  readonly #sink: DatasetSink;

  constructor(sink: DatasetSink) {
    super();
    this.#sink = sink;
  }

  flush(): void {
    this.#sink.write(this.getBytes());
    this.index = 0;
  }

  override finish(): void {
    this.flush();
  }
}

/** A parquet file that is written row group by row group. */
export class TableWriter {
  readonly #sink: DatasetSink;
  readonly #writer: SinkWriter;
  readonly #parquet: ParquetWriter;

  /** @param metadata facts for the end of the file */
  constructor(sink: DatasetSink, schema: readonly SchemaElement[], metadata: readonly KeyValue[] = []) {
    this.#sink = sink;
    this.#writer = new SinkWriter(sink);
    this.#parquet = new ParquetWriter({
      writer: this.#writer,
      schema: [...schema],
      kvMetadata: [...metadata],
      createdBy: 'praxis',
    });
  }

  /** Bytes written so far. */
  get size(): number {
    return this.#writer.offset;
  }

  /** Writes one row group. @param columns in the order of the schema, of the same length */
  addGroup(columns: readonly TableColumn[]): void {
    const rows = columns[0].values.length;
    // The sink is synchronous, and so is the writer.
    void this.#parquet.write({
      columnData: columns.map(({ name, values, compressed }) => ({
        name,
        data: [...values],
        ...(compressed ? { codec: 'UNCOMPRESSED', statistics: false, encoding: 'PLAIN' } : {}),
      })),
      rowGroupSize: rows,
    });
  }

  /** Writes the end of the file and closes it. */
  close(): void {
    void this.#parquet.finish();
    this.#sink.close();
  }
}

/** The schema of a table with these columns. */
export const tableSchema = (columns: readonly TableColumn[]): readonly SchemaElement[] => [
  { name: 'schema', num_children: columns.length },
  ...columns.flatMap(({ schema }) => schema),
];

/** Writes a table of one row group. */
export function writeTable(
  sink: DatasetSink,
  columns: readonly TableColumn[],
  metadata: readonly KeyValue[] = [],
): void {
  const table = new TableWriter(sink, tableSchema(columns), metadata);
  table.addGroup(columns);
  table.close();
}
