import type { VocabularyExtension } from '@praxis/policy';
import type { ListenerState } from '@praxis/speech';
import { oneLine } from '../protocol/protocol.ts';
import { Microphone } from './microphone.ts';
import { SpeechConnection } from './speech-connection.ts';
import type { SpeechInput, SpeechInputHandlers, SpeechInputState } from './speech-input.ts';

/** Length (s) of a block of silence. */
const SILENCE_BLOCK_S = 0.05;
/** Blocks of silence that follow the last audio: they end the utterance in a noisy room as well. */
const SILENCE_BLOCK_COUNT = 16;
/** Microphone and recogniser are released after this time without use (ms). */
const UNUSED_TIMEOUT_MS = 60_000;
/** Lowest level on the meter (dBFS). */
const METER_FLOOR_DB = -60;

/** Level for the meter, 0..1: linear in dB from {@link METER_FLOOR_DB} to full scale. */
function levelOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.min(Math.max(1 - (10 * Math.log10(sum / samples.length)) / METER_FLOOR_DB, 0), 1);
}

/** Speech input with the browser's microphone and the recogniser of the page's server. */
export class ServerSpeechInput implements SpeechInput {
  readonly #handlers: SpeechInputHandlers;
  readonly #extension: () => VocabularyExtension;
  #microphone: Microphone | undefined;
  #connection: SpeechConnection | undefined;
  #opening = false;
  /** Number of the current attempt to open the input. A release increments it, which cancels the attempt in progress. */
  #attempt = 0;
  #listening = false;
  #recogniser: 'none' | 'ready' = 'none';
  #listenerState: ListenerState = { kind: 'no audio' };
  /** End of the last audio block (s since 1970). */
  #audioEnd = 0;
  #unusedTimer: ReturnType<typeof setTimeout> | undefined;

  /** @param extension returns the vocabulary of the loaded policy */
  constructor(handlers: SpeechInputHandlers, extension: () => VocabularyExtension) {
    this.#handlers = handlers;
    this.#extension = extension;
  }

  startListening(): void {
    this.#listening = true;
    clearTimeout(this.#unusedTimer);
    if (!this.#microphone && !this.#opening) void this.#open();
    this.#reportState();
  }

  stopListening(): void {
    if (!this.#listening) return;
    this.#listening = false;
    this.#handlers.onLevel(0);
    this.#sendSilence();
    this.#unusedTimer = setTimeout(() => this.close(), UNUSED_TIMEOUT_MS);
    this.#reportState();
  }

  close(): void {
    this.#releaseResources();
    this.#handlers.onState({ kind: 'off' });
  }

  #sendSilence(): void {
    if (!this.#microphone || !this.#connection || this.#audioEnd === 0) return;
    const silence = new Float32Array(Math.round(SILENCE_BLOCK_S * this.#microphone.rate));
    for (let i = 0; i < SILENCE_BLOCK_COUNT; i++) this.#connection.send(silence, this.#audioEnd + i * SILENCE_BLOCK_S);
  }

  async #open(): Promise<void> {
    const attempt = ++this.#attempt;
    this.#opening = true;
    try {
      const microphone = await Microphone.open({
        onAudio: (samples, stamp) => this.#sendAudio(samples, stamp),
        onEnded: () => this.#fail('the microphone was disconnected: connect it and try again'),
      });
      this.#opening = false;
      if (attempt !== this.#attempt) {
        microphone.close();
        return;
      }
      this.#microphone = microphone;
      this.#connection = new SpeechConnection({
        rate: microphone.rate,
        extension: this.#extension(),
        onReady: () => {
          this.#recogniser = 'ready';
          this.#reportState();
        },
        events: {
          state: (state) => {
            this.#listenerState = state;
            this.#reportState();
          },
          stop: (stop) => this.#handlers.onStopWord(stop),
          dropped: (blocks) => this.#handlers.onDropped(blocks),
          utterance: (utterance) => this.#handlers.onUtterance(utterance),
        },
        onDropped: (blocks) => this.#handlers.onDropped(blocks),
        onDisconnected: (reason) => this.#fail(reason),
      });
      this.#reportState();
    } catch (error) {
      this.#opening = false;
      if (attempt === this.#attempt) this.#fail(oneLine(error));
    }
  }

  #sendAudio(samples: Float32Array, stamp: number): void {
    if (!this.#listening || !this.#microphone) return;
    this.#connection?.send(samples, stamp);
    this.#audioEnd = stamp + samples.length / this.#microphone.rate;
    this.#handlers.onLevel(levelOf(samples));
  }

  #fail(message: string): void {
    this.#releaseResources();
    this.#handlers.onState({ kind: 'failed', message });
  }

  #releaseResources(): void {
    this.#attempt++;
    this.#opening = false;
    clearTimeout(this.#unusedTimer);
    this.#connection?.close();
    this.#microphone?.close();
    this.#connection = undefined;
    this.#microphone = undefined;
    this.#recogniser = 'none';
    this.#listenerState = { kind: 'no audio' };
    this.#listening = false;
    this.#audioEnd = 0;
    this.#handlers.onLevel(0);
  }

  #reportState(): void {
    this.#handlers.onState(this.#state());
  }

  #state(): SpeechInputState {
    if (this.#opening || (this.#listening && this.#recogniser === 'none')) return { kind: 'starting' };
    if (!this.#listening) return this.#microphone ? { kind: 'ready' } : { kind: 'off' };
    return stateOf(this.#listenerState);
  }
}

/** Converts the state of the server's listener to a state of the page's speech input. */
function stateOf(listenerState: ListenerState): SpeechInputState {
  switch (listenerState.kind) {
    case 'speech':
      return { kind: 'speech' };
    case 'clipped':
      return { kind: 'degraded', message: 'too loud: move away from the microphone or turn it down' };
    case 'broken audio':
      return { kind: 'degraded', message: `the microphone's audio is unusable: ${listenerState.reason}` };
    case 'recogniser exited':
      return { kind: 'degraded', message: `the recogniser restarts: ${listenerState.reason}` };
    case 'starting':
      return { kind: 'starting' };
    // The state is "no audio" for a moment after the page starts to send.
    case 'no audio':
    case 'listening':
      return { kind: 'listening' };
  }
}
