import { type Audio, concatenate, rms, SPEECH_SAMPLE_RATE_HZ } from '../audio/audio.ts';
import { NoiseSuppressor, SUPPRESSOR_DELAY_S } from '../audio/noise-suppressor.ts';
import { Resampler } from '../audio/resample.ts';
import { VAD_FRAME_SAMPLES } from '../vad/silero.ts';

/** 512 samples at 16 kHz: 32 ms. */
export interface AudioFrame {
  /** Samples after noise suppression. */
  readonly samples: Float32Array;
  /** The same time before noise suppression, ahead by the suppressor's delay. */
  readonly rawSamples: Float32Array;
  /** Seconds of audio from the beginning of the stream to the first sample. */
  readonly startS: number;
  /** Level before noise suppression (dB relative to full scale). */
  readonly decibels: number;
}

/** Converts blocks of any rate and length to denoised frames at 16 kHz. Keeps less than a frame between calls. */
export class AudioFrontEnd {
  readonly #suppressor = new NoiseSuppressor();
  #resampler: { readonly rate: number; readonly use: Resampler } | undefined;
  /** Samples of the next, incomplete frame, after and before noise suppression. */
  #pendingSamples: Float32Array = new Float32Array(0);
  #pendingRawSamples: Float32Array = new Float32Array(0);
  #frameCount = 0;
  /** Start of the first frame (s of audio): negative, because noise suppression delays its output. */
  readonly firstFrameStartS = -SUPPRESSOR_DELAY_S;

  /** @returns the frames that this block completes */
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
