import { ascii, bigEndian, box, concatenate, fullBox } from './boxes.ts';

/** Pictures of a track that stand together in the file. */
export interface PictureChunk {
  /** Place of its first byte in the file. */
  readonly offset: number;
  /** Number of pictures. */
  readonly pictures: number;
}

/** What the `moov` box says of a track of pictures. */
export interface PictureTrack {
  /** Size of a picture (pixels). */
  readonly width: number;
  readonly height: number;
  /** Units of time in a second. */
  readonly timescale: number;
  /** Duration of a picture, in units of time. */
  readonly pictureTicks: number;
  /** Bytes of each picture. */
  readonly sizes: readonly number[];
  readonly chunks: readonly PictureChunk[];
}

/** JPEG among the object types of ISO/IEC 14496-1, and visual data among its stream types. */
const OBJECT_TYPE_JPEG = 0x6c;
const STREAM_TYPE_VISUAL = 0x04;

/** The identity as a matrix of fixed-point numbers, of 16.16 and 2.30 bits. */
const IDENTITY = bigEndian(4, 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);
const RESOLUTION_72_DPI = 0x480000;
/** A track that is enabled and belongs to the film. */
const TRACK_SHOWN = 3;
/** The pictures are in this file. */
const SELF_CONTAINED = 1;
/** The letters of `und`, an undetermined language, in five bits each. */
const LANGUAGE_UNDETERMINED = 0x55c4;
const COMPRESSOR = 'Motion JPEG';
const BITS_PER_PIXEL = 24;

const zeros = (count: number): Uint8Array => new Uint8Array(count);

/** The `moov` box of a file with one track of JPEG pictures, each a key frame (ISO/IEC 14496-12, clause 8). Times are 64 bits wide. */
export function movieBox(track: PictureTrack): Uint8Array {
  const { width, height, timescale, pictureTicks, sizes } = track;
  const duration = bigEndian(8, sizes.length * pictureTicks);
  // Times of creation and change are unknown, so that equal pictures make equal files.
  const unknownTimes = zeros(16);
  const movieHeader = fullBox(
    'mvhd',
    1,
    0,
    ...[unknownTimes, bigEndian(4, timescale), duration],
    ...[bigEndian(4, 0x10000), bigEndian(2, 0x100), zeros(10), IDENTITY, zeros(24), bigEndian(4, 2)],
  );
  const trackHeader = fullBox(
    'tkhd',
    1,
    TRACK_SHOWN,
    ...[unknownTimes, bigEndian(4, 1, 0), duration, zeros(16), IDENTITY],
    bigEndian(4, width * 0x10000, height * 0x10000),
  );
  const language = bigEndian(2, LANGUAGE_UNDETERMINED, 0);
  const media = box(
    'mdia',
    fullBox('mdhd', 1, 0, unknownTimes, bigEndian(4, timescale), duration, language),
    fullBox('hdlr', 0, 0, zeros(4), ascii('vide'), zeros(12), ascii('pictures\0')),
    box(
      'minf',
      fullBox('vmhd', 0, 1, zeros(8)),
      box('dinf', fullBox('dref', 0, 0, bigEndian(4, 1), fullBox('url ', 0, SELF_CONTAINED))),
      sampleTable(track),
    ),
  );
  return box('moov', movieHeader, box('trak', trackHeader, media));
}

/** Durations, sizes and places of the pictures. Without a table of key frames each picture is one. */
function sampleTable(track: PictureTrack): Uint8Array {
  const { pictureTicks, sizes, chunks } = track;
  const runs = chunks.flatMap(({ pictures }, i) =>
    i > 0 && chunks[i - 1].pictures === pictures ? [] : [[i + 1, pictures, 1]],
  );
  return box(
    'stbl',
    fullBox('stsd', 0, 0, bigEndian(4, 1), sampleEntry(track)),
    fullBox('stts', 0, 0, bigEndian(4, 1, sizes.length, pictureTicks)),
    fullBox('stsc', 0, 0, bigEndian(4, runs.length), concatenate(runs.map((run) => bigEndian(4, ...run)))),
    fullBox('stsz', 0, 0, bigEndian(4, 0, sizes.length), concatenate(sizes.map((size) => bigEndian(4, size)))),
    fullBox('co64', 0, 0, bigEndian(4, chunks.length), concatenate(chunks.map(({ offset }) => bigEndian(8, offset)))),
  );
}

/** The entry `mp4v` with JPEG as its object type, which FFmpeg writes for Motion JPEG too. */
function sampleEntry({ width, height, timescale, pictureTicks, sizes }: PictureTrack): Uint8Array {
  const largest = sizes.reduce((most, size) => Math.max(most, size), 0);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const rate = (bytes: number) => Math.min(0xffffffff, Math.round((8 * bytes * timescale) / pictureTicks));
  const name = ascii(COMPRESSOR);
  return box(
    'mp4v',
    ...[zeros(6), bigEndian(2, 1), zeros(16), bigEndian(2, width, height)],
    ...[bigEndian(4, RESOLUTION_72_DPI, RESOLUTION_72_DPI, 0), bigEndian(2, 1)],
    ...[Uint8Array.of(name.length), name, zeros(31 - name.length), bigEndian(2, BITS_PER_PIXEL, 0xffff)],
    fullBox(
      'esds',
      0,
      0,
      descriptor(
        0x03,
        bigEndian(2, 0),
        zeros(1),
        descriptor(
          0x04,
          // The lowest bit is reserved and set.
          Uint8Array.of(OBJECT_TYPE_JPEG, (STREAM_TYPE_VISUAL << 2) | 1),
          bigEndian(3, Math.min(largest, 0xffffff)),
          bigEndian(4, rate(largest), rate(total / sizes.length)),
        ),
        descriptor(0x06, Uint8Array.of(0x02)),
      ),
    ),
  );
}

/** A descriptor of ISO/IEC 14496-1 (clause 8.3.3). @param content below 128 bytes */
function descriptor(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  const bytes = concatenate(content);
  return concatenate([Uint8Array.of(tag, bytes.length), bytes]);
}
