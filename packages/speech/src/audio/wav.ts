import { InputError, lfsPointerHint } from '@praxis/core';
import { type Audio, MAX_SAMPLE_RATE_HZ, MIN_SAMPLE_RATE_HZ } from './audio.ts';
import { decodePcm, type PcmFormat, writePcm16 } from './pcm.ts';

const WAVE_FORMAT_PCM = 1;
const WAVE_FORMAT_IEEE_FLOAT = 3;
const WAVE_FORMAT_EXTENSIBLE = 0xfffe;

/**
 * Reads a WAV file (RIFF) of 8, 16, 24 or 32-bit PCM or 32-bit float samples, and averages its channels. Reads a truncated last
 * chunk to its end, and so a `data` chunk whose size a killed or streaming recorder never wrote (0 or 0xFFFFFFFF).
 * @param where name of the file in errors
 * @throws {InputError} on another format, with the found and the expected value
 */
export function readWav(bytes: Uint8Array, where: string): Audio {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tag = (at: number): string =>
    at + 4 <= bytes.length ? String.fromCharCode(...bytes.subarray(at, at + 4)) : '';
  const hint = lfsPointerHint(bytes);
  if (hint !== undefined) throw new InputError(`${where}: ${hint}`);
  if (tag(0) !== 'RIFF' || tag(8) !== 'WAVE') throw new InputError(`${where}: expected a WAV file (RIFF ... WAVE)`);
  let format: WavFormat | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = view.getUint32(at + 4, true);
    const from = at + 8;
    if (tag(at) === 'fmt ') format = readFormat(view, from, Math.min(size, bytes.length - from), where);
    if (tag(at) === 'data') {
      if (!format)
        throw new InputError(`${where}: the "data" chunk precedes the format, expected a "fmt " chunk first`);
      // A recorder that finished a file of no samples wrote the size of the whole, too.
      const end = size === 0 && !isFinished(view) ? bytes.length : from + size;
      return { samples: decodePcm(bytes.subarray(from, end), format), rate: format.rate };
    }
    at = from + size + (size % 2);
  }
  throw new InputError(`${where}: no samples, expected a "data" chunk`);
}

/** True when the size in the RIFF header is that of the file, but for a padding byte. */
const isFinished = (view: DataView): boolean => Math.abs(view.getUint32(4, true) + 8 - view.byteLength) <= 1;

interface WavFormat extends PcmFormat {
  readonly rate: number;
}

function readFormat(view: DataView, at: number, size: number, where: string): WavFormat {
  if (size < 16) throw new InputError(`${where}: the "fmt " chunk has ${size} bytes, expected 16 or more`);
  const coding = view.getUint16(at, true);
  const code = coding === WAVE_FORMAT_EXTENSIBLE && size >= 26 ? view.getUint16(at + 24, true) : coding;
  const channels = view.getUint16(at + 2, true);
  const rate = view.getUint32(at + 4, true);
  const bits = view.getUint16(at + 14, true);
  const readable =
    (code === WAVE_FORMAT_PCM && [8, 16, 24, 32].includes(bits)) || (code === WAVE_FORMAT_IEEE_FLOAT && bits === 32);
  if (!readable) {
    throw new InputError(
      `${where}: coding ${code} with ${bits} bits, expected PCM of 8, 16, 24 or 32 bits or float of 32`,
    );
  }
  if (channels < 1) throw new InputError(`${where}: ${channels} channels, expected one or more`);
  if (rate < MIN_SAMPLE_RATE_HZ || rate > MAX_SAMPLE_RATE_HZ) {
    throw new InputError(`${where}: ${rate} Hz, expected ${MIN_SAMPLE_RATE_HZ} to ${MAX_SAMPLE_RATE_HZ} Hz`);
  }
  return { channels, rate, bytes: bits / 8, kind: code === WAVE_FORMAT_IEEE_FLOAT ? 'float' : 'pcm' };
}

/** Encodes audio as a WAV file of 16 bits; clips samples beyond full scale. */
export function writeWav({ samples, rate }: Audio): Uint8Array {
  const bytes = new Uint8Array(44 + 2 * samples.length);
  const view = new DataView(bytes.buffer);
  const tag = (at: number, text: string) =>
    bytes.set(
      [...text].map((letter) => letter.charCodeAt(0)),
      at,
    );
  tag(0, 'RIFF');
  view.setUint32(4, 36 + 2 * samples.length, true);
  tag(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, WAVE_FORMAT_PCM, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, 2 * rate, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  tag(36, 'data');
  view.setUint32(40, 2 * samples.length, true);
  writePcm16(samples, view, 44);
  return bytes;
}
