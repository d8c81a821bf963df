import type { SpeechSynthesizer } from './speech-output.ts';

/** A voice of this computer; those that would ask somebody on the network are left out. */
const localVoice = (): SpeechSynthesisVoice | undefined => {
  const all = globalThis.speechSynthesis?.getVoices() ?? [];
  const own = all.filter(({ localService, lang }) => localService && lang.startsWith('en'));
  return own.find((voice) => voice.default) ?? own[0];
};

/** False where this browser has no voice that needs no network. */
export const hasBrowserVoice = (): boolean => localVoice() !== undefined;

/** Speaks with a voice that the browser brings. */
export class BrowserSynthesizer implements SpeechSynthesizer {
  speak(text: string, began: () => void, ended: () => void): void {
    const voice = localVoice();
    if (!voice) return;
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.onstart = () => {
      began();
      utterance.onend = utterance.onerror = ended;
    };
    // What was not said yet is no longer true.
    speechSynthesis.cancel();
    speechSynthesis.speak(utterance);
  }

  close(): void {
    globalThis.speechSynthesis?.cancel();
  }
}
