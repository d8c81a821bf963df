import { type ClientOptions, type ExitReason, ServiceClient, socketTransport } from '@praxis/core';
import type { VocabularyExtension } from '@praxis/policy';
import { type AudioPacket, DropOldestQueue, VOICE_PATH, type VoiceService, voiceCodec } from '@praxis/speech';
import { oneLine } from '../protocol/protocol.ts';

/** Sound that waits for the line (s), and bytes that the browser may hold unsent before it waits. */
const MAX_BACKLOG_S = 2;
const MAX_UNSENT_BYTES = 1 << 18;

export interface SpeechConnectionOptions {
  /** Hz. */
  readonly rate: number;
  readonly extension: VocabularyExtension;
  /** The recogniser is there. */
  readonly onReady: () => void;
  /** What was heard. */
  readonly events: NonNullable<ClientOptions<VoiceService>['events']>;
  /** @param pieces that found no place on the line since the beginning */
  readonly onDropped: (pieces: number) => void;
  /** The line is gone, not by our doing. One line. */
  readonly onDisconnected: (reason: string) => void;
}

/** The line to the server that served the page: sound goes out, what was heard comes back. */
export class SpeechConnection {
  readonly #socket: WebSocket;
  readonly #client: ServiceClient<VoiceService>;
  readonly #backlog: DropOldestQueue<AudioPacket>;
  readonly #onDropped: (pieces: number) => void;
  #onLost: ((reason: string) => void) | undefined;
  #dropped = 0;

  constructor({ rate, extension, onReady, events, onDropped, onDisconnected: onLost }: SpeechConnectionOptions) {
    this.#onDropped = onDropped;
    this.#onLost = onLost;
    this.#backlog = new DropOldestQueue(MAX_BACKLOG_S, ({ samples }) => samples.length / rate);
    const url = new URL(VOICE_PATH, location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    this.#socket = new WebSocket(url);
    this.#client = new ServiceClient(socketTransport(this.#socket, voiceCodec), {
      events,
      exitError: ended,
    });
    this.#client.ready.catch((error) => this.#lose(error));
    this.#client.call('listen', { rate, extension }).then(onReady, (error) => this.#lose(error));
    void this.#client.exited.then((reason) => this.#lose(ended(reason)));
    this.#socket.addEventListener('open', () => this.#flush());
  }

  /** @param stamp of the first sample (s) */
  send(samples: Float32Array, stamp: number): void {
    const dropped = this.#backlog.enqueue({ samples, stamp }).length;
    this.#dropped += dropped;
    if (dropped > 0) this.#onDropped(this.#dropped);
    this.#flush();
  }

  close(): void {
    this.#onLost = undefined;
    this.#client.kill();
  }

  /** Told once, with what the server said last. */
  #lose(error: unknown): void {
    const onLost = this.#onLost;
    this.#onLost = undefined;
    onLost?.(oneLine(error));
  }

  #flush(): void {
    while (this.#socket.readyState === WebSocket.OPEN && this.#socket.bufferedAmount < MAX_UNSENT_BYTES) {
      const next = this.#backlog.dequeue();
      if (!next) return;
      this.#client.notify('hear', next);
    }
  }
}

const ended = ({ detail }: ExitReason): Error =>
  new Error(detail ?? 'the praxis server is gone: start it again with npm start');
