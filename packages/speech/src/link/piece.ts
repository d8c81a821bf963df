import { InputError } from '@praxis/core';
import { pcmSamples, writePcm16 } from '../audio/pcm.ts';

/** The stamp (float64), then samples (int16), both little-endian. */
const HEADER = 8;
const BYTES = 2;
/** Samples of a piece at most: 85 ms at 192 kHz. */
export const LONGEST_PIECE = 16_384;
export const LARGEST_PIECE = HEADER + BYTES * LONGEST_PIECE;

/** A few milliseconds of one channel (full scale is 1). */
export interface Piece {
  readonly samples: Float32Array;
  /** When the first sample was heard (s, on the sender's clock). */
  readonly stamp: number;
}

/** As it crosses a socket. */
export function encodePiece({ samples, stamp }: Piece): ArrayBuffer {
  const bytes = new ArrayBuffer(HEADER + BYTES * samples.length);
  const view = new DataView(bytes);
  view.setFloat64(0, stamp, true);
  writePcm16(samples, view, HEADER);
  return bytes;
}

/** @throws {InputError} on bytes that are no piece: empty, cut off, too long, or without a finite stamp */
export function decodePiece(bytes: ArrayBuffer): Piece {
  const count = (bytes.byteLength - HEADER) / BYTES;
  if (!Number.isInteger(count) || count < 1 || count > LONGEST_PIECE) {
    throw new InputError(
      `voice: a piece of ${bytes.byteLength} bytes, expected a stamp and 1 to ${LONGEST_PIECE} samples`,
    );
  }
  const view = new DataView(bytes);
  const stamp = view.getFloat64(0, true);
  if (!Number.isFinite(stamp)) throw new InputError(`voice: a piece with stamp ${stamp}, expected seconds`);
  return { samples: pcmSamples(new Uint8Array(bytes, HEADER), { channels: 1, bytes: BYTES, kind: 'pcm' }), stamp };
}
