import { InputError, ServiceClient, webWorkerTransport } from '@praxis/core';
import { oneLine } from '../protocol/protocol.ts';
import type { FliteService, Speech } from './flite.worker.ts';
import type { SpeechSynthesizer } from './speech-output.ts';

/** Address of Flite's program with its voices on the page's server. */
const PROGRAM_URL = './flite/flite.wasm';

/** Reason for which a text is not spoken after a newer text has replaced it. */
const CANCELLED = new Error('a newer text replaces this one');

/** Speaks with Flite. The constructor fetches the program (21 MB) from the page's own server. */
export class FliteSynthesizer implements SpeechSynthesizer {
  readonly #flite: ServiceClient<FliteService>;
  readonly #context = new AudioContext();
  readonly #onFault: (message: string) => void;
  /** The text that is playing. */
  #playing: { readonly source: AudioBufferSourceNode; readonly onEnd: () => void } | undefined;
  /** Aborts the synthesis of the current text when a newer text replaces it. */
  #synthesis = new AbortController();
  #closed = false;

  /** @param onFault called with the reason, in one line, when speech is not available */
  constructor(onFault: (message: string) => void) {
    this.#onFault = onFault;
    const worker = new Worker(new URL('./flite.worker.ts', import.meta.url), { type: 'module', name: 'praxis voice' });
    this.#flite = new ServiceClient<FliteService>(webWorkerTransport(worker), {
      exitError: ({ error }) => error ?? new Error('the speech synthesizer was closed'),
    });
    this.#flite.call('open', new URL(PROGRAM_URL, location.href).href).catch((error) => this.#fail(error));
    // The browser allows playback, because the user has just switched answers on.
    this.#context.resume().catch((error: unknown) => onFault(oneLine(error)));
  }

  speak(text: string, onStart: () => void, onEnd: () => void): void {
    this.#stopPlayback();
    // Texts that wait to be spoken are outdated.
    this.#synthesis.abort(CANCELLED);
    this.#synthesis = new AbortController();
    this.#flite
      .call('synthesize', text, { signal: this.#synthesis.signal })
      .then((speech) => this.#play(speech, onStart, onEnd))
      .catch((error) => this.#fail(error));
  }

  #fail(error: unknown): void {
    // A text without words or a replaced text is no fault.
    if (this.#closed || error === CANCELLED || error instanceof InputError) return;
    this.#onFault(oneLine(error));
  }

  #play({ samples, rate }: Speech, onStart: () => void, onEnd: () => void): void {
    // A suspended context would play the text later, when it is outdated.
    if (this.#context.state !== 'running') return;
    const buffer = this.#context.createBuffer(1, samples.length, rate);
    buffer.copyToChannel(samples, 0);
    const source = this.#context.createBufferSource();
    source.buffer = buffer;
    source.connect(this.#context.destination);
    source.onended = () => this.#stopPlayback();
    this.#playing = { source, onEnd };
    onStart();
    source.start();
  }

  #stopPlayback(): void {
    if (!this.#playing) return;
    const { source, onEnd } = this.#playing;
    this.#playing = undefined;
    source.onended = null;
    source.stop();
    onEnd();
  }

  close(): void {
    this.#closed = true;
    this.#stopPlayback();
    this.#flite.kill();
    void this.#context.close();
  }
}
