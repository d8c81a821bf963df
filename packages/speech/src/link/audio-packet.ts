import { InputError } from '@praxis/core';
import { decodePcm, writePcm16 } from '../audio/pcm.ts';

/** A packet is the stamp (float64), then the samples (int16), both little-endian. */
const HEADER_BYTES = 8;
const SAMPLE_BYTES = 2;
/** Longest packet: 85 ms at 192 kHz. */
export const MAX_PACKET_SAMPLES = 16_384;
/** Size of the longest packet. */
export const MAX_PACKET_BYTES = HEADER_BYTES + SAMPLE_BYTES * MAX_PACKET_SAMPLES;

/** A few milliseconds of audio of one channel; full scale is 1. */
export interface AudioPacket {
  readonly samples: Float32Array;
  /** Time of the first sample (s, on the sender's clock). */
  readonly stamp: number;
}

/** Encodes a packet for the socket; clips samples beyond full scale. */
export function encodeAudioPacket({ samples, stamp }: AudioPacket): ArrayBuffer {
  const bytes = new ArrayBuffer(HEADER_BYTES + SAMPLE_BYTES * samples.length);
  const view = new DataView(bytes);
  view.setFloat64(0, stamp, true);
  writePcm16(samples, view, HEADER_BYTES);
  return bytes;
}

/**
 * Decodes a packet from the socket.
 * @throws {InputError} on an empty, truncated or overlong packet, and on a stamp that is not finite
 */
export function decodeAudioPacket(bytes: ArrayBuffer): AudioPacket {
  const count = (bytes.byteLength - HEADER_BYTES) / SAMPLE_BYTES;
  if (!Number.isInteger(count) || count < 1 || count > MAX_PACKET_SAMPLES) {
    throw new InputError(
      `voice: an audio packet of ${bytes.byteLength} bytes, expected a stamp and 1 to ${MAX_PACKET_SAMPLES} samples`,
    );
  }
  const view = new DataView(bytes);
  const stamp = view.getFloat64(0, true);
  if (!Number.isFinite(stamp)) throw new InputError(`voice: an audio packet with stamp ${stamp}, expected seconds`);
  return {
    samples: decodePcm(new Uint8Array(bytes, HEADER_BYTES), { channels: 1, bytes: SAMPLE_BYTES, kind: 'pcm' }),
    stamp,
  };
}
