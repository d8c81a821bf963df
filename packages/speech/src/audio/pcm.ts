/** How sound lies in memory: little-endian, channels one beside the other. */
export interface PcmFormat {
  readonly channels: number;
  /** Of one sample of one channel. */
  readonly bytes: number;
  /** `pcm`: signed integers, but unsigned ones of one byte. */
  readonly kind: 'pcm' | 'float';
}

/** The mean of the channels, full scale 1; a last frame that is cut off is left out. */
export function decodePcm(data: Uint8Array, { channels, bytes, kind }: PcmFormat): Float32Array {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const samples = new Float32Array(Math.floor(data.length / (bytes * channels)));
  const read = sampleReader(view, bytes, kind);
  for (let i = 0; i < samples.length; i++) {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += read((i * channels + c) * bytes);
    const value = sum / channels;
    // Floats may be anything: what is no number is silence.
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

/** Full scale 1 to 32767, clipped. */
export const toInt16 = (sample: number): number => Math.round(Math.min(Math.max(sample, -1), 32767 / 32768) * 32768);

/** Writes one channel as signed integers of 16 bits, little-endian; what is beyond full scale is clipped. @param at byte of the first */
export function writePcm16(samples: Float32Array, view: DataView, at: number): void {
  for (let i = 0; i < samples.length; i++) view.setInt16(at + 2 * i, toInt16(samples[i]), true);
}
