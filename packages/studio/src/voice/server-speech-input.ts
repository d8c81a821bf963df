import type { VocabularyExtension } from '@praxis/policy';
import type { ListenerState } from '@praxis/speech';
import { oneLine } from '../protocol/protocol.ts';
import { Microphone } from './microphone.ts';
import { SpeechConnection } from './speech-connection.ts';
import type { SpeechInput, SpeechInputHandlers, SpeechInputState } from './speech-input.ts';

/** Pieces of silence (s) that are sent after the last word: an utterance ends in silence, whatever the room is like. */
const SILENCE_BLOCK_S = 0.05;
const SILENCE_BLOCK_COUNT = 16;
/** Unused for this long, microphone and recogniser are given back (ms). */
const UNUSED_TIMEOUT_MS = 60_000;
/** Quietest sound that the meter shows (dB below full scale). */
const METER_FLOOR_DB = -60;

/** 0..1 for the meter. */
function levelOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.min(Math.max(1 - (10 * Math.log10(sum / samples.length)) / METER_FLOOR_DB, 0), 1);
}

/** The browser's microphone, and the recogniser of the server that served the page. */
export class ServerSpeechInput implements SpeechInput {
  readonly #handlers: SpeechInputHandlers;
  readonly #extension: () => VocabularyExtension;
  #microphone: Microphone | undefined;
  #connection: SpeechConnection | undefined;
  #opening = false;
  /** Counts up with everything that is given back: what was asked for before is no longer wanted. */
  #attempt = 0;
  #listening = false;
  #recogniser: 'none' | 'ready' = 'none';
  #listenerState: ListenerState = { kind: 'no audio' };
  /** When the last piece ended (s). */
  #audioEnd = 0;
  #unusedTimer: ReturnType<typeof setTimeout> | undefined;

  /** @param extension what the policy knows by now */
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
        onEnded: () => this.#fail('the microphone is gone: connect it and try again'),
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
          dropped: (pieces) => this.#handlers.onDropped(pieces),
          utterance: (utterance) => this.#handlers.onUtterance(utterance),
        },
        onDropped: (pieces) => this.#handlers.onDropped(pieces),
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

/** What the listener of the server says, in the page's terms. */
function stateOf(listenerState: ListenerState): SpeechInputState {
  switch (listenerState.kind) {
    case 'speech':
      return { kind: 'speech' };
    case 'clipped':
      return { kind: 'degraded', message: 'too loud: move away from the microphone or turn it down' };
    case 'broken audio':
      return { kind: 'degraded', message: `the microphone's sound is of no use: ${listenerState.reason}` };
    case 'recogniser exited':
      return { kind: 'degraded', message: `the recogniser is started again: ${listenerState.reason}` };
    case 'starting':
      return { kind: 'starting' };
    // A page that has just begun to send sees this for a moment.
    case 'no audio':
    case 'listening':
      return { kind: 'listening' };
  }
}
