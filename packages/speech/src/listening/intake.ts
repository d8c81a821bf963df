import { FRAME } from '../activity/silero.ts';
import { type Audio, joined, rms, SPEECH_RATE } from '../audio/audio.ts';
import { NoiseSuppressor, SUPPRESSOR_DELAY } from '../audio/denoise.ts';
import { Resampler } from '../audio/resample.ts';

/** 32 ms at 16 kHz. */
export interface Frame {
  readonly samples: Float32Array;
  /** What was there before noise was taken off. */
  readonly plain: Float32Array;
  /** When it began, in seconds of sound from the beginning of the stream. */
  readonly begin: number;
  /** Of what was there before noise was taken off: dB below full scale. */
  readonly decibels: number;
}

/** Sound in pieces of any rate and length into frames of 16 kHz, noise taken off. Memory: less than a frame. */
export class Intake {
  readonly #suppressor = new NoiseSuppressor();
  #resampler: { readonly rate: number; readonly use: Resampler } | undefined;
  /** Not yet a frame: with the noise taken off, and as it came, which is ahead by the suppressor's delay. */
  #waiting: Float32Array = new Float32Array(0);
  #plain: Float32Array = new Float32Array(0);
  #count = 0;
  /** Of the first frame (s of sound): before the stream, since noise suppression is late. */
  readonly begin = -SUPPRESSOR_DELAY;

  push({ samples, rate }: Audio): readonly Frame[] {
    if (this.#resampler?.rate !== rate) this.#resampler = { rate, use: new Resampler(rate, SPEECH_RATE) };
    const plain = rate === SPEECH_RATE ? samples : this.#resampler.use.push(samples);
    const all = joined([this.#waiting, this.#suppressor.push(plain)]);
    const before = joined([this.#plain, plain]);
    const frames: Frame[] = [];
    let at = 0;
    for (; at + FRAME <= all.length; at += FRAME) {
      const begin = this.begin + (this.#count * FRAME) / SPEECH_RATE;
      const plain = before.slice(at, at + FRAME);
      frames.push({ samples: all.slice(at, at + FRAME), plain, begin, decibels: 20 * Math.log10(rms(plain)) });
      this.#count++;
    }
    this.#waiting = all.slice(at);
    this.#plain = before.slice(at);
    return frames;
  }
}
