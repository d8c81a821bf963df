import { SystemClock, stopWordIn } from '@praxis/core';
import { wordsIn } from '@praxis/teleop';

/** Speaks texts aloud. A new text replaces the previous one. */
export interface SpeechSynthesizer {
  /**
   * @param onStart called when the audio starts
   * @param onEnd called once after `onStart`, when the audio ends
   */
  speak(text: string, onStart: () => void, onEnd: () => void): void;
  close(): void;
}

/** Longest delay (s) with which the microphone records the page's own speech. */
const ECHO_DELAY_S = 0.5;

/** Number of stored intervals of the page's own speech. */
const MAX_SPEECH_INTERVALS = 8;

const clock = new SystemClock();

/** Speaks texts and records when, so that the page does not follow its own voice. */
export class SpeechOutput {
  #synthesizer: SpeechSynthesizer | undefined;
  /** The last intervals of speech (s since 1970). */
  #speechIntervals: { readonly from: number; to: number }[] = [];

  /** The voice; undefined for none. Setting it closes the previous voice. */
  set synthesizer(synthesizer: SpeechSynthesizer | undefined) {
    this.#synthesizer?.close();
    this.#synthesizer = synthesizer;
  }

  /** Speaks a text. A text with a stop word is not spoken: the microphone would record it and stop the robot. */
  speak(text: string): void {
    if (stopWordIn(wordsIn(text))) return;
    let interval: { readonly from: number; to: number };
    this.#synthesizer?.speak(
      text,
      () => {
        interval = { from: clock.now(), to: Number.POSITIVE_INFINITY };
        this.#speechIntervals = [...this.#speechIntervals, interval].slice(-MAX_SPEECH_INTERVALS);
      },
      () => {
        interval.to = clock.now();
      },
    );
  }

  /** True when the page may have spoken during an utterance. @param utterance its start and end (s since 1970) */
  wasSpeakingDuring({ start, end }: { readonly start: number; readonly end: number }): boolean {
    return this.#speechIntervals.some(({ from, to }) => start < to + ECHO_DELAY_S && end > from);
  }
}
