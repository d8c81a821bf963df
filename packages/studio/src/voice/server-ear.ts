import type { VocabularyExtension } from '@praxis/policy';
import type { ListenerState } from '@praxis/speech';
import { oneLine } from '../protocol/protocol.ts';
import type { Ear, EarHandlers, EarState } from './ear.ts';
import { Microphone } from './microphone.ts';
import { ServerLink } from './server-link.ts';

/** Pieces of silence (s) that are sent after the last word: an utterance ends in silence, whatever the room is like. */
const SILENCE = 0.05;
const TAIL = 16;
/** Unused for this long, microphone and recogniser are given back (ms). */
const UNUSED = 60_000;
/** Quietest sound that the meter shows (dB below full scale). */
const FLOOR = -60;

/** 0..1 for the meter. */
function levelOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.min(Math.max(1 - (10 * Math.log10(sum / samples.length)) / FLOOR, 0), 1);
}

/** The browser's microphone, and the recogniser of the server that served the page. */
export class ServerEar implements Ear {
  readonly #handlers: EarHandlers;
  readonly #extension: () => VocabularyExtension;
  #microphone: Microphone | undefined;
  #link: ServerLink | undefined;
  #opening = false;
  /** Counts up with everything that is given back: what was asked for before is no longer wanted. */
  #attempt = 0;
  #listening = false;
  #recogniser: 'none' | 'ready' = 'none';
  #heard: ListenerState = { kind: 'no audio' };
  /** When the last piece ended (s). */
  #end = 0;
  #unused: ReturnType<typeof setTimeout> | undefined;

  /** @param extension what the policy knows by now */
  constructor(handlers: EarHandlers, extension: () => VocabularyExtension) {
    this.#handlers = handlers;
    this.#extension = extension;
  }

  listen(): void {
    this.#listening = true;
    clearTimeout(this.#unused);
    if (!this.#microphone && !this.#opening) void this.#open();
    this.#show();
  }

  rest(): void {
    if (!this.#listening) return;
    this.#listening = false;
    this.#handlers.level(0);
    this.#sendSilence();
    this.#unused = setTimeout(() => this.close(), UNUSED);
    this.#show();
  }

  close(): void {
    this.#giveBack();
    this.#handlers.state({ kind: 'off' });
  }

  #sendSilence(): void {
    if (!this.#microphone || !this.#link || this.#end === 0) return;
    const silence = new Float32Array(Math.round(SILENCE * this.#microphone.rate));
    for (let i = 0; i < TAIL; i++) this.#link.send(silence, this.#end + i * SILENCE);
  }

  async #open(): Promise<void> {
    const attempt = ++this.#attempt;
    this.#opening = true;
    try {
      const microphone = await Microphone.open({
        piece: (samples, stamp) => this.#take(samples, stamp),
        ended: () => this.#fail('the microphone is gone: connect it and try again'),
      });
      this.#opening = false;
      if (attempt !== this.#attempt) {
        microphone.close();
        return;
      }
      this.#microphone = microphone;
      this.#link = new ServerLink({
        rate: microphone.rate,
        extension: this.#extension(),
        onReady: () => {
          this.#recogniser = 'ready';
          this.#show();
        },
        events: {
          state: (state) => {
            this.#heard = state;
            this.#show();
          },
          stop: (stop) => this.#handlers.stop(stop),
          dropped: (pieces) => this.#handlers.dropped(pieces),
          utterance: (utterance) => this.#handlers.said(utterance),
        },
        onDropped: (pieces) => this.#handlers.dropped(pieces),
        onLost: (reason) => this.#fail(reason),
      });
      this.#show();
    } catch (error) {
      this.#opening = false;
      if (attempt === this.#attempt) this.#fail(oneLine(error));
    }
  }

  #take(samples: Float32Array, stamp: number): void {
    if (!this.#listening || !this.#microphone) return;
    this.#link?.send(samples, stamp);
    this.#end = stamp + samples.length / this.#microphone.rate;
    this.#handlers.level(levelOf(samples));
  }

  #fail(message: string): void {
    this.#giveBack();
    this.#handlers.state({ kind: 'trouble', message });
  }

  #giveBack(): void {
    this.#attempt++;
    this.#opening = false;
    clearTimeout(this.#unused);
    this.#link?.close();
    this.#microphone?.close();
    this.#link = undefined;
    this.#microphone = undefined;
    this.#recogniser = 'none';
    this.#heard = { kind: 'no audio' };
    this.#listening = false;
    this.#end = 0;
    this.#handlers.level(0);
  }

  #show(): void {
    this.#handlers.state(this.#state());
  }

  #state(): EarState {
    if (this.#opening || (this.#listening && this.#recogniser === 'none')) return { kind: 'starting' };
    if (!this.#listening) return this.#microphone ? { kind: 'ready' } : { kind: 'off' };
    return stateOf(this.#heard);
  }
}

/** What the listener of the server says, in the page's terms. */
function stateOf(heard: ListenerState): EarState {
  switch (heard.kind) {
    case 'speech':
      return { kind: 'speech' };
    case 'clipped':
      return { kind: 'impaired', message: 'too loud: move away from the microphone or turn it down' };
    case 'broken audio':
      return { kind: 'impaired', message: `the microphone's sound is of no use: ${heard.reason}` };
    case 'recogniser exited':
      return { kind: 'impaired', message: `the recogniser is started again: ${heard.reason}` };
    case 'starting':
      return { kind: 'starting' };
    // A page that has just begun to send sees this for a moment.
    case 'no audio':
    case 'listening':
      return { kind: 'listening' };
  }
}
