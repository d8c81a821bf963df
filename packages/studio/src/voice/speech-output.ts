import { stopWordIn } from '@praxis/core';
import { wordsIn } from '@praxis/teleop';

/** What can say things aloud; a new sentence ends the one before. */
export interface SpeechSynthesizer {
  /** @param began when the sound begins @param ended when it is over, once after `began` */
  speak(text: string, began: () => void, ended: () => void): void;
  close(): void;
}

/** A microphone hears what was said a little later than it was said (s). */
const ECHO_DELAY_S = 0.5;

const now = (): number => (performance.timeOrigin + performance.now()) / 1000;

/** Stretches of speech that are remembered. */
const MAX_SPEECH_INTERVALS = 8;

/** Says things aloud, and knows when it did. */
export class SpeechOutput {
  #synthesizer: SpeechSynthesizer | undefined;
  /** When something was said (s since 1970), the last ones. */
  #speechIntervals: { readonly from: number; to: number }[] = [];

  /** Undefined: it is silent. The one before is closed. */
  set synthesizer(synthesizer: SpeechSynthesizer | undefined) {
    this.#synthesizer?.close();
    this.#synthesizer = synthesizer;
  }

  /** A sentence with a stop word in it is not said: the microphone would hear it, and stop the robot. */
  speak(text: string): void {
    if (stopWordIn(wordsIn(text))) return;
    let interval: { readonly from: number; to: number };
    this.#synthesizer?.speak(
      text,
      () => {
        interval = { from: now(), to: Number.POSITIVE_INFINITY };
        this.#speechIntervals = [...this.#speechIntervals, interval].slice(-MAX_SPEECH_INTERVALS);
      },
      () => {
        interval.to = now();
      },
    );
  }

  /** True when a microphone heard the page itself, or may have. @param heard s since 1970 */
  wasSpeakingDuring({ start, end }: { readonly start: number; readonly end: number }): boolean {
    return this.#speechIntervals.some(({ from, to }) => start < to + ECHO_DELAY_S && end > from);
  }
}
