import { InputError } from '@praxis/core';
import { decodePcm, writePcm16 } from '../audio/pcm.ts';

/** The stamp (float64), then samples (int16), both little-endian. */
const HEADER_BYTES = 8;
const SAMPLE_BYTES = 2;
/** Samples of a piece at most: 85 ms at 192 kHz. */
export const MAX_PACKET_SAMPLES = 16_384;
export const MAX_PACKET_BYTES = HEADER_BYTES + SAMPLE_BYTES * MAX_PACKET_SAMPLES;

/** A few milliseconds of one channel (full scale is 1). */
export interface AudioPacket {
  readonly samples: Float32Array;
  /** When the first sample was heard (s, on the sender's clock). */
  readonly stamp: number;
}

/** As it crosses a socket. */
export function encodeAudioPacket({ samples, stamp }: AudioPacket): ArrayBuffer {
  const bytes = new ArrayBuffer(HEADER_BYTES + SAMPLE_BYTES * samples.length);
  const view = new DataView(bytes);
  view.setFloat64(0, stamp, true);
  writePcm16(samples, view, HEADER_BYTES);
  return bytes;
}

/** @throws {InputError} on bytes that are no piece: empty, cut off, too long, or without a finite stamp */
export function decodeAudioPacket(bytes: ArrayBuffer): AudioPacket {
  const count = (bytes.byteLength - HEADER_BYTES) / SAMPLE_BYTES;
  if (!Number.isInteger(count) || count < 1 || count > MAX_PACKET_SAMPLES) {
    throw new InputError(
      `voice: a piece of ${bytes.byteLength} bytes, expected a stamp and 1 to ${MAX_PACKET_SAMPLES} samples`,
    );
  }
  const view = new DataView(bytes);
  const stamp = view.getFloat64(0, true);
  if (!Number.isFinite(stamp)) throw new InputError(`voice: a piece with stamp ${stamp}, expected seconds`);
  return {
    samples: decodePcm(new Uint8Array(bytes, HEADER_BYTES), { channels: 1, bytes: SAMPLE_BYTES, kind: 'pcm' }),
    stamp,
  };
}
