import type { SpeechSynthesizer } from './speech-output.ts';

/** An English voice of this computer; voices that need the network are excluded. */
const localVoice = (): SpeechSynthesisVoice | undefined => {
  const all = globalThis.speechSynthesis?.getVoices() ?? [];
  const own = all.filter(({ localService, lang }) => localService && lang.startsWith('en'));
  return own.find((voice) => voice.default) ?? own[0];
};

/** True when the browser has a voice that works without the network. */
export const hasBrowserVoice = (): boolean => localVoice() !== undefined;

/** Speaks with a voice of the browser. */
export class BrowserSynthesizer implements SpeechSynthesizer {
  speak(text: string, onStart: () => void, onEnd: () => void): void {
    const voice = localVoice();
    if (!voice) return;
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.onstart = () => {
      onStart();
      utterance.onend = utterance.onerror = onEnd;
    };
    // Texts that wait to be spoken are outdated.
    speechSynthesis.cancel();
    speechSynthesis.speak(utterance);
  }

  close(): void {
    globalThis.speechSynthesis?.cancel();
  }
}
