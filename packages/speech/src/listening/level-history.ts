import { quantile, SPEECH_SAMPLE_RATE_HZ } from '../audio/audio.ts';
import { VAD_FRAME_SAMPLES } from '../vad/silero.ts';

const FRAME_S = VAD_FRAME_SAMPLES / SPEECH_SAMPLE_RATE_HZ;
/** Length of the history (s): the longest utterance and the noise around it. */
const HISTORY_S = 14;
/** The audio after an utterance is a measure of the noise from this length on (s). */
const FOLLOWING_NOISE_S = 0.2;
/** Quantile of the levels of an utterance that stands for its speech. */
const SPEECH_QUANTILE = 0.9;
/** Quantile of the levels that stands for the noise in the pauses. */
const NOISE_QUANTILE = 0.1;
/** Lower levels count as this one (dB relative to full scale): digital silence is -Infinity. */
const SILENCE_DB = -100;

/** Levels of the last frames before noise suppression. */
export class LevelHistory {
  readonly #decibels: number[] = [];
  #frameCount = 0;

  append(decibels: number): void {
    this.#decibels.push(Math.max(decibels, SILENCE_DB));
    this.#frameCount++;
    if (this.#decibels.length > HISTORY_S / FRAME_S) this.#decibels.shift();
  }

  /**
   * Level of the speech above the louder of two noises: in the pauses of the utterance and after it (dB). The noise after it
   * unmasks a motor that starts: the detector takes it for speech, but it continues.
   * @param start start of the utterance (s from the first frame)
   * @param end end of the utterance (s from the first frame)
   */
  contrastDb(start: number, end: number): number {
    const following = this.#decibels.slice(this.#indexAt(end));
    const followingNoise =
      following.length >= FOLLOWING_NOISE_S / FRAME_S ? quantile(NOISE_QUANTILE, following, SILENCE_DB) : SILENCE_DB;
    const all = this.#decibels.slice(this.#indexAt(start));
    return (
      quantile(SPEECH_QUANTILE, all, SILENCE_DB) - Math.max(quantile(NOISE_QUANTILE, all, SILENCE_DB), followingNoise)
    );
  }

  /** Level of the speech between two times (s from the first frame), in dB relative to full scale. */
  loudnessDb(start: number, end: number): number {
    return quantile(SPEECH_QUANTILE, this.#decibels.slice(this.#indexAt(start), this.#indexAt(end)), SILENCE_DB);
  }

  #indexAt(seconds: number): number {
    return Math.max(0, Math.round(seconds / FRAME_S) - (this.#frameCount - this.#decibels.length));
  }
}
