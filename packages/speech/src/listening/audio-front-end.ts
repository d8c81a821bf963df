import { type Audio, concatenate, rms, SPEECH_SAMPLE_RATE_HZ } from '../audio/audio.ts';
import { NoiseSuppressor, SUPPRESSOR_DELAY_S } from '../audio/noise-suppressor.ts';
import { Resampler } from '../audio/resample.ts';
import { VAD_FRAME_SAMPLES } from '../vad/silero.ts';

/** 32 ms at 16 kHz. */
export interface AudioFrame {
  readonly samples: Float32Array;
  /** What was there before noise was taken off. */
  readonly rawSamples: Float32Array;
  /** When it began, in seconds of sound from the beginning of the stream. */
  readonly startS: number;
  /** Of what was there before noise was taken off: dB below full scale. */
  readonly decibels: number;
}

/** Sound in pieces of any rate and length into frames of 16 kHz, noise taken off. Memory: less than a frame. */
export class AudioFrontEnd {
  readonly #suppressor = new NoiseSuppressor();
  #resampler: { readonly rate: number; readonly use: Resampler } | undefined;
  /** Not yet a frame: with the noise taken off, and as it came, which is ahead by the suppressor's delay. */
  #pendingSamples: Float32Array = new Float32Array(0);
  #pendingRawSamples: Float32Array = new Float32Array(0);
  #frameCount = 0;
  /** Of the first frame (s of sound): before the stream, since noise suppression is late. */
  readonly firstFrameStartS = -SUPPRESSOR_DELAY_S;

  toFrames({ samples, rate }: Audio): readonly AudioFrame[] {
    if (this.#resampler?.rate !== rate) this.#resampler = { rate, use: new Resampler(rate, SPEECH_SAMPLE_RATE_HZ) };
    const rawSamples = rate === SPEECH_SAMPLE_RATE_HZ ? samples : this.#resampler.use.resampleBlock(samples);
    const all = concatenate([this.#pendingSamples, this.#suppressor.denoise(rawSamples)]);
    const before = concatenate([this.#pendingRawSamples, rawSamples]);
    const frames: AudioFrame[] = [];
    let at = 0;
    for (; at + VAD_FRAME_SAMPLES <= all.length; at += VAD_FRAME_SAMPLES) {
      const startS = this.firstFrameStartS + (this.#frameCount * VAD_FRAME_SAMPLES) / SPEECH_SAMPLE_RATE_HZ;
      const rawSamples = before.slice(at, at + VAD_FRAME_SAMPLES);
      frames.push({
        samples: all.slice(at, at + VAD_FRAME_SAMPLES),
        rawSamples,
        startS,
        decibels: 20 * Math.log10(rms(rawSamples)),
      });
      this.#frameCount++;
    }
    this.#pendingSamples = all.slice(at);
    this.#pendingRawSamples = before.slice(at);
    return frames;
  }
}
