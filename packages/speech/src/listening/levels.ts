import { FRAME } from '../activity/silero.ts';
import { quantile, SPEECH_RATE } from '../audio/audio.ts';

const SECONDS = FRAME / SPEECH_RATE;
/** Remembered (s): an utterance and what is around it. */
const REMEMBERED = 14;
/** What follows an utterance says what the noise is when there is so much of it (s). */
const FOLLOWING = 0.2;
/** Which of the levels are speech, and which the noise between. */
const LOUD = 0.9;
const SOFT = 0.1;
/** Below this there is no noise to speak of (dB of full scale). */
const SILENCE = -100;

/** Levels of the last frames, before noise is taken off. */
export class Levels {
  readonly #decibels: number[] = [];
  #count = 0;

  push(decibels: number): void {
    this.#decibels.push(Math.max(decibels, SILENCE));
    this.#count++;
    if (this.#decibels.length > REMEMBERED / SECONDS) this.#decibels.shift();
  }

  /**
   * By how much speech stood out of the noise around it and of what followed (dB): a noise that sets in, which may be taken
   * for speech, goes on.
   * @param start of an utterance and its end (s from the first frame); now is some time after it
   */
  contrastOver(start: number, end: number): number {
    const following = this.#decibels.slice(this.#at(end));
    const over = following.length >= FOLLOWING / SECONDS ? quantile(SOFT, following, SILENCE) : SILENCE;
    const all = this.#decibels.slice(this.#at(start));
    return quantile(LOUD, all, SILENCE) - Math.max(quantile(SOFT, all, SILENCE), over);
  }

  /** How loud the loud parts of an utterance were (dB below full scale). */
  loudnessOver(start: number, end: number): number {
    return quantile(LOUD, this.#decibels.slice(this.#at(start), this.#at(end)), SILENCE);
  }

  #at(seconds: number): number {
    return Math.max(0, Math.round(seconds / SECONDS) - (this.#count - this.#decibels.length));
  }
}
