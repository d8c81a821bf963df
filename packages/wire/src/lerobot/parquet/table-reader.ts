import { firstLine } from '@praxis/core';
import {
  type AsyncBuffer,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
} from 'hyparquet';
import type { ByteSource } from '../../mcap/byte-source.ts';
import { loadZstd } from '../../zstd/zstd.ts';
import { DatasetError } from '../format/error.ts';
import type { DatasetFiles } from '../format/files.ts';
import { CheckedColumns } from './checked-columns.ts';
import { COMPRESSORS } from './compressors.ts';

/** A row of a table by the names of its columns; whole numbers of 64 bits are `bigint`. */
export type TableRow = Readonly<Record<string, unknown>>;

/** A parquet file that is read by rows. */
export class TableReader {
  readonly #name: string;
  readonly #file: AsyncBuffer;
  readonly #metadata: FileMetaData;
  /** Names of the columns. */
  readonly columns: readonly string[];

  private constructor(name: string, file: AsyncBuffer, metadata: FileMetaData) {
    this.#name = name;
    this.#file = file;
    this.#metadata = metadata;
    this.columns = parquetSchema(metadata).children.map(({ element }) => element.name);
  }

  /** @throws {DatasetError} for a file that is no parquet file, or is cut off */
  static async open(source: ByteSource): Promise<TableReader> {
    const { name, size } = source;
    const file: AsyncBuffer = {
      byteLength: size,
      async slice(start, end = size) {
        const bytes = await source.read(start, Math.min(end, size) - start);
        return bytes.slice().buffer;
      },
    };
    try {
      const metadata = await parquetMetadataAsync(file, { geoparquet: false });
      const codecs = new Set(
        metadata.row_groups.flatMap(({ columns }) => columns.map((each) => each.meta_data?.codec)),
      );
      if (codecs.has('ZSTD')) await loadZstd();
      return new TableReader(name, file, metadata);
    } catch (cause) {
      throw new DatasetError(`${name}: no parquet file, or cut off: ${firstLine(cause)}`, { cause });
    }
  }

  /** Number of rows. */
  get rowCount(): number {
    return Number(this.#metadata.num_rows);
  }

  /**
   * Reads rows.
   * @param columns names of the columns to read
   * @param from first row
   * @param to row behind the last one
   * @throws {DatasetError} for a column that is missing, or bytes that are damaged, with the offset in the file
   */
  async read(columns: readonly string[], from = 0, to = this.rowCount): Promise<readonly TableRow[]> {
    const missing = columns.find((name) => !this.columns.includes(name));
    if (missing !== undefined) throw new DatasetError(`${this.#name}: no column ${missing}`);
    if (from < 0 || to > this.rowCount || from > to)
      throw new DatasetError(`${this.#name}: ${this.rowCount} rows, expected rows ${from} to ${to - 1}`);
    if (from === to) return [];
    try {
      const file = await CheckedColumns.read(this.#file, this.#metadata, new Set(columns), from, to);
      return await parquetReadObjects({
        ...{ file, metadata: this.#metadata, columns: [...columns], compressors: COMPRESSORS },
        ...{ rowStart: from, rowEnd: to, utf8: false },
      });
    } catch (cause) {
      throw new DatasetError(`${this.#name}: cannot be read: ${firstLine(cause)}`, { cause });
    }
  }
}

/** Opens a table of a dataset. @throws {DatasetError} for a file that is missing, no parquet file, or cut off */
export async function openTable(files: DatasetFiles, path: string): Promise<TableReader> {
  const source = await files.open(path);
  if (!source) throw new DatasetError(`${files.name}/${path}: is missing`);
  return TableReader.open(source);
}
