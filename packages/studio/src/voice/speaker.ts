import { stopWordIn, wordsIn } from '@praxis/speech';

/** A microphone hears what was said a little later than it was said (s). */
const ECHO = 0.5;

const now = (): number => (performance.timeOrigin + performance.now()) / 1000;

/** Stretches of speech that are remembered. */
const REMEMBERED = 8;

/** Says things aloud with a voice of this computer; voices that would ask somebody on the network are left out. */
export class Speaker {
  readonly #speech: SpeechSynthesis | undefined = globalThis.speechSynthesis;
  muted = false;
  /** When something was said (s since 1970), the last ones. */
  #spoken: { readonly from: number; to: number }[] = [];

  /** False where this browser has no voice that needs no network. */
  get able(): boolean {
    return this.#voice !== undefined;
  }

  /** A sentence with a stop word in it is not said: the microphone would hear it, and stop the robot. */
  say(text: string): void {
    const voice = this.#voice;
    if (this.muted || !voice || !this.#speech || stopWordIn(wordsIn(text))) return;
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.onstart = () => {
      const stretch = { from: now(), to: Number.POSITIVE_INFINITY };
      this.#spoken = [...this.#spoken, stretch].slice(-REMEMBERED);
      utterance.onend = utterance.onerror = () => {
        stretch.to = now();
      };
    };
    // What was not said yet is no longer true.
    this.#speech.cancel();
    this.#speech.speak(utterance);
  }

  /** True when a microphone heard the page itself, or may have. @param heard s since 1970 */
  saidDuring({ start, end }: { readonly start: number; readonly end: number }): boolean {
    return this.#spoken.some(({ from, to }) => start < to + ECHO && end > from);
  }

  get #voice(): SpeechSynthesisVoice | undefined {
    const own = this.#speech?.getVoices().filter(({ localService, lang }) => localService && lang.startsWith('en'));
    return own?.find((voice) => voice.default) ?? own?.[0];
  }
}
