import { FRAME } from '../activity/silero.ts';
import { SPEECH_RATE } from '../audio/audio.ts';

const SECONDS = FRAME / SPEECH_RATE;
/** Remembered (s): an utterance and what is around it. */
const REMEMBERED = 14;
/** Over which noise is judged for stop words (s): fluent speech has hardly a pause in one second, and sounds like noise. */
export const LATELY = 2;
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
   * By how much speech stood out of the noise (dB).
   * @param start of an utterance (s from the first frame); its end is now
   */
  contrastSince(start: number): number {
    return this.#contrast(Math.round(start / SECONDS) - (this.#count - this.#decibels.length));
  }

  /** The same over the last so many seconds. */
  contrastOf(seconds: number): number {
    return this.#contrast(this.#decibels.length - Math.round(seconds / SECONDS));
  }

  #contrast(from: number): number {
    const sorted = this.#decibels.slice(Math.max(0, from)).sort((a, b) => a - b);
    const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? SILENCE;
    return at(LOUD) - at(SOFT);
  }
}
