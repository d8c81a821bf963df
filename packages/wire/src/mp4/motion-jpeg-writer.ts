import { InputError } from '@praxis/core';
import { jpegSize } from '../jpeg/jpeg-size.ts';
import type { ByteSink } from '../mcap/file-writer.ts';
import { ascii, BOX_HEAD_BYTES, bigEndian, box, boxHead } from './boxes.ts';
import { movieBox, type PictureChunk } from './movie-box.ts';

/** What all pictures of a film have in common. */
export interface FilmFormat {
  /** Size of a picture (pixels), 1 to 65535 each. */
  readonly width: number;
  readonly height: number;
  /** Pictures per second, 0.001 to 1000, to a thousandth. */
  readonly fps: number;
}

/** Codec of the films, as FFmpeg names it. */
export const FILM_CODEC = 'mjpeg';

/** Pictures are gathered to about so many bytes, so that a reader needs few steps to the end of a file, where its index is. */
const CHUNK_BYTES = 1024 ** 2;
const MAX_SIZE_PIXELS = 65_535;
/** Duration of a picture in units of time; a unit is this part of it, so that rates to a thousandth are exact. */
const PICTURE_TICKS = 1000;

/**
 * Writes an MP4 file (ISO/IEC 14496-12) with one track of Motion JPEG: each picture is a JPEG file and a key frame, so that no encoder is
 * needed and pictures can be copied as they are. Bytes go to the sink in order; memory holds one chunk of pictures and some bytes for each
 * picture. The file can be read once {@link finish} has returned. Equal pictures make equal files.
 */
export class MotionJpegWriter {
  readonly #sink: ByteSink;
  readonly #format: FilmFormat;
  readonly #sizes: number[] = [];
  readonly #chunks: PictureChunk[] = [];
  /** Pictures that are not written yet. */
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  #position = 0;

  /** Writes the head of the file. @throws {InputError} for a size or a rate out of range */
  constructor(sink: ByteSink, format: FilmFormat) {
    const { width, height, fps } = format;
    const fits = (side: number): boolean => Number.isInteger(side) && side >= 1 && side <= MAX_SIZE_PIXELS;
    if (!(fits(width) && fits(height)))
      throw new InputError(`film of ${width} x ${height} pixels, expected whole numbers from 1 to ${MAX_SIZE_PIXELS}`);
    if (!(fps >= 0.001 && fps <= 1000))
      throw new InputError(`film of ${fps} pictures per second, expected 0.001 to 1000`);
    this.#sink = sink;
    this.#format = format;
    this.#write(box('ftyp', ascii('isom'), bigEndian(4, 0x200), ascii('isomiso2mp41')));
  }

  /** Number of pictures so far. */
  get pictureCount(): number {
    return this.#sizes.length;
  }

  /** Bytes of the file so far, without its index. */
  get size(): number {
    return this.#position + (this.#pendingBytes > 0 ? BOX_HEAD_BYTES + this.#pendingBytes : 0);
  }

  /**
   * Adds the next picture.
   * @param jpeg a JPEG file, which must not change before {@link finish} has returned
   * @throws {InputError} for bytes that are no JPEG, or one of another size
   */
  addPicture(jpeg: Uint8Array): void {
    const { width, height } = this.#format;
    const name = `picture ${this.#sizes.length}`;
    const size = jpegSize(jpeg, name);
    if (size.width !== width || size.height !== height)
      throw new InputError(`${name}: ${size.width} x ${size.height} pixels, expected ${width} x ${height}`);
    if (this.#pendingBytes > 0 && this.#pendingBytes + jpeg.length > CHUNK_BYTES) this.#writeChunk();
    this.#pending.push(jpeg);
    this.#pendingBytes += jpeg.length;
    this.#sizes.push(jpeg.length);
  }

  /** Writes what is missing and the index. @throws {InputError} for a film without pictures */
  finish(): void {
    if (this.#sizes.length === 0) throw new InputError('film without pictures, expected at least one');
    if (this.#pendingBytes > 0) this.#writeChunk();
    const { width, height, fps } = this.#format;
    const times = { timescale: Math.round(PICTURE_TICKS * fps), pictureTicks: PICTURE_TICKS };
    this.#write(movieBox({ width, height, ...times, sizes: this.#sizes, chunks: this.#chunks }));
  }

  /** Each chunk is a box of its own: its size is known before its bytes are written, and the sink need not go back. */
  #writeChunk(): void {
    this.#write(boxHead('mdat', this.#pendingBytes));
    this.#chunks.push({ offset: this.#position, pictures: this.#pending.length });
    for (const picture of this.#pending) this.#write(picture);
    this.#pending = [];
    this.#pendingBytes = 0;
  }

  #write(bytes: Uint8Array): void {
    this.#sink.write(bytes);
    this.#position += bytes.length;
  }
}
