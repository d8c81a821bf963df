/** Layout of raw audio in memory: little-endian, with interleaved channels. */
export interface PcmFormat {
  readonly channels: number;
  /** Size of one sample of one channel. */
  readonly bytes: number;
  /** `pcm`: integers, signed except those of one byte. */
  readonly kind: 'pcm' | 'float';
}

/** Decodes to the mean of the channels, full scale 1. Ignores an incomplete last frame. */
export function decodePcm(data: Uint8Array, { channels, bytes, kind }: PcmFormat): Float32Array {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const samples = new Float32Array(Math.floor(data.length / (bytes * channels)));
  const read = sampleReader(view, bytes, kind);
  for (let i = 0; i < samples.length; i++) {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += read((i * channels + c) * bytes);
    const value = sum / channels;
    // A file of floats may hold NaN: it becomes silence.
    samples[i] = Number.isFinite(value) ? Math.min(Math.max(value, -1), 1) : 0;
  }
  return samples;
}

function sampleReader(view: DataView, bytes: number, kind: PcmFormat['kind']): (at: number) => number {
  if (kind === 'float') return (at) => view.getFloat32(at, true);
  if (bytes === 1) return (at) => (view.getUint8(at) - 128) / 128;
  if (bytes === 2) return (at) => view.getInt16(at, true) / 32768;
  if (bytes === 3) return (at) => (view.getUint16(at, true) + view.getInt8(at + 2) * 65536) / 8388608;
  return (at) => view.getInt32(at, true) / 2147483648;
}

/** Converts a sample of full scale 1 to a 16-bit integer, with clipping. */
export const toInt16 = (sample: number): number => Math.round(Math.min(Math.max(sample, -1), 32767 / 32768) * 32768);

/** Writes one channel as little-endian 16-bit integers, with clipping. @param at offset of the first sample (bytes) */
export function writePcm16(samples: Float32Array, view: DataView, at: number): void {
  for (let i = 0; i < samples.length; i++) view.setInt16(at + 2 * i, toInt16(samples[i]), true);
}
