import { InputError, ServiceClient, webWorkerTransport } from '@praxis/core';
import { oneLine } from '../protocol/protocol.ts';
import type { FliteService, Speech } from './flite.worker.ts';
import type { SpeechSynthesizer } from './speech-output.ts';

/** Where the server has Flite's program, voices inside. */
const PROGRAM_URL = './flite/flite.wasm';

/** Why a text is not said that another one took the place of. */
const CANCELLED = new Error('another text is said');

/** Speaks with Flite: the program, 21 MB, is fetched from the page's own server when this is made. */
export class FliteSynthesizer implements SpeechSynthesizer {
  readonly #flite: ServiceClient<FliteService>;
  readonly #context = new AudioContext();
  readonly #onFault: (message: string) => void;
  /** What is being said. */
  #playing: { readonly source: AudioBufferSourceNode; readonly ended: () => void } | undefined;
  /** Aborted when the text that is being spoken is no longer wanted. */
  #turn = new AbortController();
  #closed = false;

  /** @param onFault why there is no voice. One line; it does not speak any more. */
  constructor(onFault: (message: string) => void) {
    this.#onFault = onFault;
    const worker = new Worker(new URL('./flite.worker.ts', import.meta.url), { type: 'module', name: 'praxis voice' });
    this.#flite = new ServiceClient<FliteService>(webWorkerTransport(worker), {
      exitError: ({ error }) => error ?? new Error('the voice was closed'),
    });
    this.#flite.call('open', new URL(PROGRAM_URL, location.href).href).catch((error) => this.#fail(error));
    // Allowed, since somebody has just asked for it.
    this.#context.resume().catch((error: unknown) => onFault(oneLine(error)));
  }

  speak(text: string, began: () => void, ended: () => void): void {
    this.#stopPlayback();
    // What was not said yet is no longer true.
    this.#turn.abort(CANCELLED);
    this.#turn = new AbortController();
    this.#flite
      .call('speak', text, { signal: this.#turn.signal })
      .then((speech) => this.#play(speech, began, ended))
      .catch((error) => this.#fail(error));
  }

  #fail(error: unknown): void {
    // What has no words in it is not said, and neither is what is no longer wanted.
    if (this.#closed || error === CANCELLED || error instanceof InputError) return;
    this.#onFault(oneLine(error));
  }

  #play({ samples, rate }: Speech, began: () => void, ended: () => void): void {
    // A context that the browser holds back would say it some time later.
    if (this.#context.state !== 'running') return;
    const buffer = this.#context.createBuffer(1, samples.length, rate);
    buffer.copyToChannel(samples, 0);
    const source = this.#context.createBufferSource();
    source.buffer = buffer;
    source.connect(this.#context.destination);
    source.onended = () => this.#stopPlayback();
    this.#playing = { source, ended };
    began();
    source.start();
  }

  #stopPlayback(): void {
    if (!this.#playing) return;
    const { source, ended } = this.#playing;
    this.#playing = undefined;
    source.onended = null;
    source.stop();
    ended();
  }

  close(): void {
    this.#closed = true;
    this.#stopPlayback();
    this.#flite.kill();
    void this.#context.close();
  }
}
