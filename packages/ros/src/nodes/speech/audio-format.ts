import type { PcmFormat } from '@praxis/speech';
import { type AudioInfo, MessageError } from '@praxis/wire';

/** Sound on a topic: how its bytes are to be read. */
export interface AudioFormat extends PcmFormat {
  /** Hz. */
  readonly rate: number;
}

/** As GStreamer calls them, and with it audio_common. */
const FORMATS: Readonly<Record<string, Pick<PcmFormat, 'bytes' | 'kind'>>> = {
  U8: { bytes: 1, kind: 'pcm' },
  S16LE: { bytes: 2, kind: 'pcm' },
  S24LE: { bytes: 3, kind: 'pcm' },
  S32LE: { bytes: 4, kind: 'pcm' },
  F32LE: { bytes: 4, kind: 'float' },
};
export const SAMPLE_FORMATS = ['U8', 'S16LE', 'S24LE', 'S32LE', 'F32LE'] as const;
/** Hz, of what a microphone may have. */
export const RATE_RANGE_HZ = [4000, 192_000] as const;

/**
 * What an AudioInfo message says.
 * @throws {MessageError} for sound that is coded (MP3), a sample format that is not among {@link SAMPLE_FORMATS}, or a rate or
 * number of channels that cannot be.
 */
export function audioFormatOf(info: Omit<AudioInfo, 'bitrate'>): AudioFormat {
  const { channels, sample_rate: rate, sample_format: sampleFormat, coding_format: coding } = info;
  if (!['wave', 'wav', 'pcm', 'raw', ''].includes(coding.toLowerCase())) {
    throw new MessageError(`audio: coded as ${coding}, expected wave: start audio_capture with format:=wave`);
  }
  const format = Object.hasOwn(FORMATS, sampleFormat) ? FORMATS[sampleFormat] : undefined;
  if (!format) {
    throw new MessageError(`audio: samples are ${sampleFormat}, expected one of ${SAMPLE_FORMATS.join(', ')}`);
  }
  if (channels < 1) throw new MessageError(`audio: ${channels} channels, expected one or more`);
  if (rate < RATE_RANGE_HZ[0] || rate > RATE_RANGE_HZ[1]) {
    throw new MessageError(`audio: ${rate} Hz, expected ${RATE_RANGE_HZ[0]} to ${RATE_RANGE_HZ[1]} Hz`);
  }
  return { channels, rate, ...format };
}
