import { type AsyncBuffer, type FileMetaData, parquetSchema, type RowGroup, type SchemaTree } from 'hyparquet';
import { type ColumnPages, checkPages, PageError } from './pages.ts';

type ColumnMetadata = NonNullable<RowGroup['columns'][number]['meta_data']>;

/** Bytes of a file from an offset on. */
interface Part {
  readonly start: number;
  readonly bytes: Uint8Array;
}

/**
 * The columns of the rows that a reader wants, in memory, whose pages are checked: hyparquet believes their headers, and a damaged one could
 * make it read the same bytes for ever.
 */
export class CheckedColumns implements AsyncBuffer {
  readonly byteLength: number;
  readonly #parts: readonly Part[];

  private constructor(byteLength: number, parts: readonly Part[]) {
    this.byteLength = byteLength;
    this.#parts = parts;
  }

  /**
   * Reads the columns of the groups with rows from `from` up to `to`.
   * @throws {RangeError} with the offset in the file for a column whose place or pages are damaged
   */
  static async read(
    file: AsyncBuffer,
    metadata: FileMetaData,
    columns: ReadonlySet<string>,
    from: number,
    to: number,
  ): Promise<CheckedColumns> {
    const schema = parquetSchema(metadata);
    const parts: Part[] = [];
    let first = 0;
    for (const group of metadata.row_groups) {
      const rows = Number(group.num_rows);
      const isWanted = first + rows > from && first < to;
      first += rows;
      if (!isWanted) continue;
      for (const { meta_data: column } of group.columns) {
        if (!column || !columns.has(column.path_in_schema[0])) continue;
        parts.push(await readColumn(file, column, { ...levelsOf(schema, column), rows }));
      }
    }
    return new CheckedColumns(file.byteLength, parts);
  }

  /** The bytes of columns; between them there are zeros. */
  slice(start: number, end = this.byteLength): ArrayBuffer {
    const exact = this.#parts.find((part) => part.start === start && part.bytes.length === end - start);
    if (exact) return exact.bytes.buffer as ArrayBuffer;
    const out = new Uint8Array(end - start);
    for (const part of this.#parts)
      if (part.start >= start && part.start + part.bytes.length <= end) out.set(part.bytes, part.start - start);
    return out.buffer;
  }
}

async function readColumn(
  file: AsyncBuffer,
  column: ColumnMetadata,
  levels: Pick<ColumnPages, 'repetition' | 'definition' | 'rows'>,
): Promise<Part> {
  const name = column.path_in_schema.join('.');
  const start = Number(column.dictionary_page_offset || column.data_page_offset);
  const size = Number(column.total_compressed_size);
  if (!(start >= 0 && size >= 0 && start + size <= file.byteLength))
    throw new RangeError(`column ${name}: ${size} bytes at byte ${start} of ${file.byteLength}`);
  const bytes = new Uint8Array(await file.slice(start, start + size));
  try {
    const { codec, type } = column;
    checkPages(bytes, { codec, type, values: Number(column.num_values), ...levels });
  } catch (cause) {
    if (!(cause instanceof PageError)) throw cause;
    throw new RangeError(`column ${name}: byte ${start + cause.offset}: ${cause.message}`, { cause });
  }
  return { start, bytes };
}

/** Highest levels of repetition and definition of a column. */
function levelsOf(
  schema: SchemaTree,
  { path_in_schema: path }: ColumnMetadata,
): Pick<ColumnPages, 'repetition' | 'definition'> {
  let [tree, repetition, definition] = [schema, 0, 0];
  for (const name of path) {
    const child = tree.children.find(({ element }) => element.name === name);
    if (!child) throw new RangeError(`column ${path.join('.')} is not in the schema`);
    const type = child.element.repetition_type;
    if (type === 'REPEATED') repetition++;
    if (type !== 'REQUIRED') definition++;
    tree = child;
  }
  return { repetition, definition };
}
