import { quantile, SPEECH_SAMPLE_RATE_HZ } from '../audio/audio.ts';
import { VAD_FRAME_SAMPLES } from '../vad/silero.ts';

const FRAME_S = VAD_FRAME_SAMPLES / SPEECH_SAMPLE_RATE_HZ;
/** Remembered (s): an utterance and what is around it. */
const HISTORY_S = 14;
/** What follows an utterance says what the noise is when there is so much of it (s). */
const FOLLOWING_NOISE_S = 0.2;
/** Which of the levels are speech, and which the noise between. */
const SPEECH_QUANTILE = 0.9;
const NOISE_QUANTILE = 0.1;
/** Below this there is no noise to speak of (dB of full scale). */
const SILENCE_DB = -100;

/** Levels of the last frames, before noise is taken off. */
export class LevelHistory {
  readonly #decibels: number[] = [];
  #frameCount = 0;

  append(decibels: number): void {
    this.#decibels.push(Math.max(decibels, SILENCE_DB));
    this.#frameCount++;
    if (this.#decibels.length > HISTORY_S / FRAME_S) this.#decibels.shift();
  }

  /**
   * By how much speech stood out of the noise around it and of what followed (dB): a noise that sets in, which may be taken
   * for speech, goes on.
   * @param start of an utterance and its end (s from the first frame); now is some time after it
   */
  contrastDb(start: number, end: number): number {
    const following = this.#decibels.slice(this.#indexAt(end));
    const over =
      following.length >= FOLLOWING_NOISE_S / FRAME_S ? quantile(NOISE_QUANTILE, following, SILENCE_DB) : SILENCE_DB;
    const all = this.#decibels.slice(this.#indexAt(start));
    return quantile(SPEECH_QUANTILE, all, SILENCE_DB) - Math.max(quantile(NOISE_QUANTILE, all, SILENCE_DB), over);
  }

  /** How loud the loud parts of an utterance were (dB below full scale). */
  loudnessDb(start: number, end: number): number {
    return quantile(SPEECH_QUANTILE, this.#decibels.slice(this.#indexAt(start), this.#indexAt(end)), SILENCE_DB);
  }

  #indexAt(seconds: number): number {
    return Math.max(0, Math.round(seconds / FRAME_S) - (this.#frameCount - this.#decibels.length));
  }
}
