import { stopWordIn } from '@praxis/core';
import { wordsIn } from '@praxis/teleop';

/** What can say things aloud; a new sentence ends the one before. */
export interface Mouth {
  /** @param began when the sound begins @param ended when it is over, once after `began` */
  say(text: string, began: () => void, ended: () => void): void;
  close(): void;
}

/** A microphone hears what was said a little later than it was said (s). */
const ECHO = 0.5;

const now = (): number => (performance.timeOrigin + performance.now()) / 1000;

/** Stretches of speech that are remembered. */
const REMEMBERED = 8;

/** Says things aloud, and knows when it did. */
export class Speaker {
  #mouth: Mouth | undefined;
  /** When something was said (s since 1970), the last ones. */
  #spoken: { readonly from: number; to: number }[] = [];

  /** Undefined: it is silent. The one before is closed. */
  set mouth(mouth: Mouth | undefined) {
    this.#mouth?.close();
    this.#mouth = mouth;
  }

  /** A sentence with a stop word in it is not said: the microphone would hear it, and stop the robot. */
  say(text: string): void {
    if (stopWordIn(wordsIn(text))) return;
    let stretch: { readonly from: number; to: number };
    this.#mouth?.say(
      text,
      () => {
        stretch = { from: now(), to: Number.POSITIVE_INFINITY };
        this.#spoken = [...this.#spoken, stretch].slice(-REMEMBERED);
      },
      () => {
        stretch.to = now();
      },
    );
  }

  /** True when a microphone heard the page itself, or may have. @param heard s since 1970 */
  saidDuring({ start, end }: { readonly start: number; readonly end: number }): boolean {
    return this.#spoken.some(({ from, to }) => start < to + ECHO && end > from);
  }
}
