import { SystemClock, stopWordIn } from '@praxis/core';
import { wordsIn } from '@praxis/teleop';
import type { SpeechInput, SpeechInputHandlers } from './speech-input.ts';

/** The part of the Web Speech API that this module uses; TypeScript's libraries do not declare it. */
interface Recognition extends EventTarget {
  continuous: boolean;
  interimResults: boolean;
  lang: string;
  onstart: (() => void) | null;
  onspeechstart: (() => void) | null;
  onspeechend: (() => void) | null;
  onresult: ((event: RecognitionEvent) => void) | null;
  onerror: ((event: { readonly error: string }) => void) | null;
  onend: (() => void) | null;
  start(): void;
  stop(): void;
  abort(): void;
}

interface RecognitionEvent {
  readonly resultIndex: number;
  readonly results: ArrayLike<{
    readonly isFinal: boolean;
    readonly 0: { readonly transcript: string; readonly confidence: number };
  }>;
}

type RecognitionClass = new () => Recognition;

const MESSAGES: Readonly<Record<string, string>> = {
  'not-allowed': 'the microphone is not allowed: allow it beside the address of the page and try again',
  'service-not-allowed': 'this browser does not allow this page to use its recogniser',
  'audio-capture': 'no microphone: connect one and try again',
  network: "the browser's vendor cannot be reached: its recogniser needs the network",
  'language-not-supported': 'the recogniser of this browser does not support English',
};

const clock = new SystemClock();

function recognitionOf(scope: object): RecognitionClass | undefined {
  const { SpeechRecognition, webkitSpeechRecognition } = scope as Readonly<
    Record<string, RecognitionClass | undefined>
  >;
  return SpeechRecognition ?? webkitSpeechRecognition;
}

/** True when the browser has a recogniser of its own. */
export const hasBrowserRecogniser = (): boolean => recognitionOf(window) !== undefined;

/**
 * Speech input with the browser's own recogniser. Most browsers send the audio to their vendor; a page cannot detect this.
 * The recogniser does not reject speech that is no command, so every result counts as accepted.
 */
export class BrowserSpeechInput implements SpeechInput {
  readonly #handlers: SpeechInputHandlers;
  #recognition: Recognition | undefined;
  #listening = false;
  #utteranceStart = 0;

  constructor(handlers: SpeechInputHandlers) {
    this.#handlers = handlers;
  }

  startListening(): void {
    this.#listening = true;
    if (!this.#recognition) this.#start();
  }

  stopListening(): void {
    if (!this.#listening) return;
    this.#listening = false;
    this.#recognition?.stop();
  }

  close(): void {
    this.#dropRecognition();
    this.#handlers.onState({ kind: 'off' });
  }

  #start(): void {
    const Class = recognitionOf(window);
    if (!Class) {
      this.#fail('this browser has no recogniser of its own');
      return;
    }
    const recognition = new Class();
    this.#recognition = recognition;
    recognition.continuous = true;
    recognition.interimResults = true;
    recognition.lang = 'en-US';
    recognition.onstart = () => this.#handlers.onState({ kind: 'listening' });
    recognition.onspeechstart = () => {
      this.#utteranceStart = clock.now();
      this.#handlers.onState({ kind: 'speech' });
    };
    recognition.onspeechend = () => this.#handlers.onState({ kind: 'listening' });
    recognition.onresult = (event) => this.#handleResult(event);
    recognition.onerror = ({ error }) => {
      // After silence the recogniser restarts below; an abort is intended.
      if (error !== 'no-speech' && error !== 'aborted')
        this.#fail(MESSAGES[error] ?? `the browser's recogniser: ${error}`);
    };
    // Browsers end recognition after some time.
    recognition.onend = () => {
      this.#recognition = undefined;
      if (this.#listening) this.#start();
      else this.#handlers.onState({ kind: 'ready' });
    };
    this.#handlers.onState({ kind: 'starting' });
    recognition.start();
  }

  #handleResult({ resultIndex, results }: RecognitionEvent): void {
    for (let i = resultIndex; i < results.length; i++) {
      const { isFinal, 0: best } = results[i];
      const text = best.transcript.trim().toLowerCase();
      if (isFinal) {
        this.#handlers.onUtterance({
          text,
          accepted: 'yes',
          confidence: best.confidence,
          start: this.#utteranceStart,
          end: clock.now(),
        });
        this.#utteranceStart = clock.now();
      } else {
        const word = stopWordIn(wordsIn(text));
        const time = clock.now();
        if (word) this.#handlers.onStopWord({ word, end: time, detected: time, by: 'commands', confidence: 'high' });
      }
    }
  }

  #fail(message: string): void {
    this.#dropRecognition();
    this.#handlers.onState({ kind: 'failed', message });
  }

  #dropRecognition(): void {
    this.#listening = false;
    const recognition = this.#recognition;
    this.#recognition = undefined;
    if (!recognition) return;
    recognition.onend = null;
    recognition.onerror = null;
    recognition.onresult = null;
    recognition.abort();
  }
}
