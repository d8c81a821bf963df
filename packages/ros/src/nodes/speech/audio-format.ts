import type { PcmFormat } from '@praxis/speech';
import { type AudioInfo, MessageError } from '@praxis/wire';

/** The PCM format and rate of the audio on a topic. */
export interface AudioFormat extends PcmFormat {
  /** Sample rate (Hz). */
  readonly rate: number;
}

/** Sample formats by their GStreamer names, which audio_common uses. */
const FORMATS: Readonly<Record<string, Pick<PcmFormat, 'bytes' | 'kind'>>> = {
  U8: { bytes: 1, kind: 'pcm' },
  S16LE: { bytes: 2, kind: 'pcm' },
  S24LE: { bytes: 3, kind: 'pcm' },
  S32LE: { bytes: 4, kind: 'pcm' },
  F32LE: { bytes: 4, kind: 'float' },
};
/** Names of the sample formats that the node decodes. */
export const SAMPLE_FORMATS = ['U8', 'S16LE', 'S24LE', 'S32LE', 'F32LE'] as const;
/** Lowest and highest sample rate of a microphone (Hz). */
export const RATE_RANGE_HZ = [4000, 192_000] as const;

/**
 * The audio format that an `AudioInfo` message describes.
 * @throws {MessageError} for coded audio (MP3), a sample format that is not among {@link SAMPLE_FORMATS}, a rate outside
 * {@link RATE_RANGE_HZ}, or no channels.
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
