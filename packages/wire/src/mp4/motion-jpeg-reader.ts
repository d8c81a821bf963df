import { InputError } from '@praxis/core';
import { type ByteSource, bytesSource } from '../mcap/byte-source.ts';
import { viewOf } from '../mcap/records.ts';
import { type BoxPlace, boxesIn, findBox } from './box-reader.ts';

/** Largest index of a film that is read (bytes): that of some ten million pictures. */
const MAX_INDEX_BYTES = 256 * 1024 ** 2;
/** The two bytes with which a JPEG file begins (ITU-T T.81, B.1.1.3). */
const JPEG_START = [0xff, 0xd8];

/** The pictures of an MP4 file of JPEG pictures, read one by one. */
export class MotionJpegReader {
  readonly name: string;
  /** Number of pictures. */
  readonly pictureCount: number;
  readonly #source: ByteSource;
  /** Place and size of each picture in the file. */
  readonly #offsets: Float64Array;
  readonly #sizes: Uint32Array;

  private constructor(source: ByteSource, offsets: Float64Array, sizes: Uint32Array) {
    this.name = source.name;
    this.pictureCount = sizes.length;
    this.#source = source;
    this.#offsets = offsets;
    this.#sizes = sizes;
  }

  /**
   * Reads the index of a file (ISO/IEC 14496-12, clauses 8.5 to 8.7), with whatever codec it says: {@link read} looks at the picture itself.
   * @throws {InputError} that names the file for one without an index, without pictures, or cut off
   */
  static async open(source: ByteSource): Promise<MotionJpegReader> {
    const refuse = (reason: string): never => {
      throw new InputError(`${source.name}: ${reason}, expected an MP4 file with an index of pictures`);
    };
    const movie = (await findBox(source, 'moov', 0, source.size)) ?? refuse('no index, or cut off');
    if (movie.to - movie.from > MAX_INDEX_BYTES) refuse(`an index of ${movie.to - movie.from} bytes`);
    const index = bytesSource(source.name, await source.read(movie.from, movie.to - movie.from));
    const table = (await pictureTable(index)) ?? refuse('no track of pictures');
    const entry = async (type: string): Promise<DataView | undefined> => {
      const box = await findBox(index, type, table.from, table.to);
      return box && viewOf(await index.read(box.from, box.to - box.from));
    };
    const [sizes, runs, short, long] = [
      await entry('stsz'),
      await entry('stsc'),
      await entry('stco'),
      await entry('co64'),
    ];
    const chunks = long ?? short;
    if (!sizes || !runs || !chunks) return refuse('no table of pictures');
    try {
      const lengths = pictureSizes(sizes);
      const starts = Float64Array.from({ length: chunks.getUint32(4) }, (_, i) =>
        long ? Number(chunks.getBigUint64(8 + 8 * i)) : chunks.getUint32(8 + 4 * i),
      );
      return new MotionJpegReader(source, pictureOffsets(lengths, runs, starts), lengths);
    } catch (cause) {
      if (cause instanceof RangeError) return refuse('a table of pictures that ends too early');
      throw cause;
    }
  }

  /**
   * Reads the JPEG file of a picture.
   * @throws {InputError} for a picture beyond the end, and for one of another codec
   */
  async read(picture: number): Promise<Uint8Array> {
    const [offset, size] = [this.#offsets[picture], this.#sizes[picture]];
    if (offset === undefined || size === undefined || offset + size > this.#source.size)
      throw new InputError(`${this.name}: picture ${picture}, expected one of ${this.pictureCount} in the file`);
    const bytes = await this.#source.read(offset, size);
    if (JPEG_START.every((byte, i) => bytes[i] === byte)) return bytes;
    throw new InputError(`${this.name}: picture ${picture} is no JPEG, expected Motion JPEG`);
  }
}

/** The sample table of the first track of pictures. */
async function pictureTable(index: ByteSource): Promise<BoxPlace | undefined> {
  const within = async (box: BoxPlace | undefined, type: string) => box && findBox(index, type, box.from, box.to);
  for await (const track of boxesIn(index, 0, index.size)) {
    if (track.type !== 'trak') continue;
    const media = await within(track, 'mdia');
    const handler = await within(media, 'hdlr');
    if (!handler || handler.to - handler.from < 12) continue;
    const kind = await index.read(handler.from + 8, 4);
    if (String.fromCharCode(...kind) === 'vide') return within(await within(media, 'minf'), 'stbl');
  }
  return undefined;
}

/** Bytes of each picture, from the table `stsz`. */
function pictureSizes(table: DataView): Uint32Array {
  const [same, count] = [table.getUint32(4), table.getUint32(8)];
  if (same === 0 && table.byteLength < 12 + 4 * count) throw new RangeError('stsz');
  return Uint32Array.from({ length: count }, (_, i) => same || table.getUint32(12 + 4 * i));
}

/** Place of each picture, from the table `stsc` of runs of chunks with equally many pictures. */
function pictureOffsets(sizes: Uint32Array, runs: DataView, chunks: Float64Array): Float64Array {
  const offsets = new Float64Array(sizes.length);
  const count = runs.getUint32(4);
  let picture = 0;
  for (let run = 0; run < count; run++) {
    const at = 8 + 12 * run;
    const [first, each] = [runs.getUint32(at), runs.getUint32(at + 4)];
    const end = run + 1 < count ? runs.getUint32(at + 12) : chunks.length + 1;
    for (let chunk = first; chunk < end; chunk++) {
      let offset = chunks[chunk - 1];
      if (offset === undefined) throw new RangeError('stsc');
      for (let i = 0; i < each && picture < sizes.length; i++, picture++) {
        offsets[picture] = offset;
        offset += sizes[picture];
      }
    }
  }
  if (picture < sizes.length) throw new RangeError('stsc');
  return offsets;
}
