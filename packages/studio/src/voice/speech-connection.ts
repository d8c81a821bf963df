import { type ClientOptions, type ExitReason, ServiceClient, socketTransport } from '@praxis/core';
import type { VocabularyExtension } from '@praxis/policy';
import { type AudioPacket, DropOldestQueue, VOICE_PATH, type VoiceService, voiceCodec } from '@praxis/speech';
import { oneLine } from '../protocol/protocol.ts';

/** Key of the tab's token in the storage of its session. */
const TOKEN_KEY = 'praxis-voice';
/** Longest audio (s) that waits for the connection; older blocks are dropped. */
const MAX_BACKLOG_S = 2;
/** Audio waits while the browser holds more unsent bytes than this. */
const MAX_UNSENT_BYTES = 1 << 18;

/** Options of {@link SpeechConnection}. */
export interface SpeechConnectionOptions {
  /** Sample rate of the audio (Hz). */
  readonly rate: number;
  readonly extension: VocabularyExtension;
  /** Called when the recogniser is ready. */
  readonly onReady: () => void;
  /** Handlers of the server's events: states, utterances and stop words. */
  readonly events: NonNullable<ClientOptions<VoiceService>['events']>;
  /** @param blocks number of audio blocks that were dropped since the start */
  readonly onDropped: (blocks: number) => void;
  /** Called with the reason, in one line, when the connection is lost. `close` does not call it. */
  readonly onDisconnected: (reason: string) => void;
}

/** The connection to the page's server: it sends audio and receives utterances and stop words. */
export class SpeechConnection {
  readonly #socket: WebSocket;
  readonly #client: ServiceClient<VoiceService>;
  readonly #backlog: DropOldestQueue<AudioPacket>;
  readonly #onDropped: (blocks: number) => void;
  #onDisconnected: ((reason: string) => void) | undefined;
  #dropped = 0;

  constructor({ rate, extension, onReady, events, onDropped, onDisconnected }: SpeechConnectionOptions) {
    this.#onDropped = onDropped;
    this.#onDisconnected = onDisconnected;
    this.#backlog = new DropOldestQueue(MAX_BACKLOG_S, ({ samples }) => samples.length / rate);
    const url = new URL(VOICE_PATH, location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    this.#socket = new WebSocket(url);
    this.#client = new ServiceClient(socketTransport(this.#socket, voiceCodec), {
      events,
      exitError: exitErrorOf,
    });
    this.#client.ready.catch((error) => this.#reportDisconnection(error));
    this.#client
      .call('listen', { rate, extension, token: tabToken() })
      .then(onReady, (error) => this.#reportDisconnection(error));
    void this.#client.exited.then((reason) => this.#reportDisconnection(exitErrorOf(reason)));
    this.#socket.addEventListener('open', () => this.#flush());
  }

  /** @param stamp time of the first sample (s since 1970) */
  send(samples: Float32Array, stamp: number): void {
    const dropped = this.#backlog.enqueue({ samples, stamp }).length;
    this.#dropped += dropped;
    if (dropped > 0) this.#onDropped(this.#dropped);
    this.#flush();
  }

  close(): void {
    this.#onDisconnected = undefined;
    this.#client.kill();
  }

  /** Reports the first error and no later one. */
  #reportDisconnection(error: unknown): void {
    const onDisconnected = this.#onDisconnected;
    this.#onDisconnected = undefined;
    onDisconnected?.(oneLine(error));
  }

  #flush(): void {
    while (this.#socket.readyState === WebSocket.OPEN && this.#socket.bufferedAmount < MAX_UNSENT_BYTES) {
      const next = this.#backlog.dequeue();
      if (!next) return;
      this.#client.notify('acceptAudio', next);
    }
  }
}

/** Random name of this tab, which a reload keeps: the server then ends the session from before at once. */
function tabToken(): string {
  const kept = sessionStorage.getItem(TOKEN_KEY);
  if (kept) return kept;
  const token = crypto.randomUUID();
  sessionStorage.setItem(TOKEN_KEY, token);
  return token;
}

const exitErrorOf = ({ detail }: ExitReason): Error =>
  new Error(detail ?? 'no connection to the praxis server: start it with npm start');
