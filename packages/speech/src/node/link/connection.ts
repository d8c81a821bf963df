import { type Clock, type Emit, errorMessage, InputError, type Stamped, serve, socketTransport } from '@praxis/core';
import type { VocabularyExtension } from '@praxis/policy';
import type { Observable, Subscription } from 'rxjs';
import type { WebSocket } from 'ws';
import { type Audio, durationS } from '../../audio/audio.ts';
import type { AudioPacket } from '../../link/audio-packet.ts';
import { voiceCodec } from '../../link/codec.ts';
import { type OpenRequest, parseOpenRequest, type VoiceService } from '../../link/messages.ts';
import { DropOldestQueue } from '../../listening/drop-oldest-queue.ts';
import type { ListenerState, RecognisedUtterance } from '../../listening/listener-events.ts';
import type { StopEvent } from '../../recognition/stop-event.ts';

/** Port: what listens to one microphone. */
export interface SpeechSession {
  readonly utterances$: Observable<RecognisedUtterance>;
  readonly stops$: Observable<StopEvent>;
  readonly state$: Observable<ListenerState>;
  /** Sound as it comes; never throws, never waits. */
  acceptAudio(sound: Stamped<Audio>): void;
  close(): Promise<void>;
}

/** @throws {InputError} with one line on what is missing and how to get it */
export type OpenSpeechSession = (extension: VocabularyExtension) => Promise<SpeechSession>;

/** Sound that waits for the recogniser to start (s): with more the oldest goes. */
const MAX_QUEUED_AUDIO_S = 4;
/** Silence of the line after which it is closed (ms): a page that listens sends all the time. */
const IDLE_TIMEOUT_MS = 120_000;
/** Bytes that a page may leave unread before it is taken for dead. */
const MAX_UNREAD_BYTES = 1 << 20;

/** Close codes of RFC 6455. */
const CLOSE_CODES = { done: 1000, malformed: 1007, refused: 1011 } as const;
/** A reason of a close frame holds 123 bytes at most. */
const MAX_REASON_BYTES = 120;

/** There is no recogniser for a page that did nothing wrong. */
class SessionUnavailable extends Error {}

/** One page's microphone and the ear that listens to it. Both end together. */
export class Connection {
  readonly #socket: WebSocket;
  readonly #openSession: OpenSpeechSession;
  readonly #clock: Clock;
  readonly #audioQueue = new DropOldestQueue<Stamped<Audio>>(MAX_QUEUED_AUDIO_S, ({ value }) => durationS(value));
  readonly #subscriptions: Subscription[] = [];
  readonly #idleTimer: NodeJS.Timeout;
  #emit!: Emit<VoiceService>;
  #openRequest: OpenRequest | undefined;
  #sessionStarted: Promise<void> | undefined;
  #session: SpeechSession | undefined;
  #dropped = 0;
  #closed = false;
  /** When the line is cut and the ear is closed. */
  readonly done: Promise<void>;

  /** @param clock that of the pieces' stamps */
  constructor(socket: WebSocket, open: OpenSpeechSession, clock: Clock) {
    this.#socket = socket;
    this.#openSession = open;
    this.#clock = clock;
    this.#idleTimer = setTimeout(
      () => this.#closeSocket(CLOSE_CODES.done, 'nothing came for two minutes'),
      IDLE_TIMEOUT_MS,
    );
    socket.on('message', () => this.#idleTimer.refresh());
    serve<VoiceService>(socketTransport(socket, voiceCodec), (emit) => {
      this.#emit = (name, value) => {
        if (socket.bufferedAmount > MAX_UNREAD_BYTES) socket.terminate();
        else emit(name, value);
      };
      return {
        methods: {
          listen: (opening, context) => {
            // Sound comes while the recogniser starts.
            context.releaseQueue();
            return this.#answerOrEnd(() => this.#startSession(opening));
          },
          hear: (piece) => this.#answerOrEnd(() => this.#acceptPacket(piece)),
        },
      };
    });
    this.done = new Promise<void>((resolve) => socket.on('close', () => resolve())).then(() => this.#releaseSession());
    // A frame that is too large or breaks the protocol: ws closes the line itself, with the code for it.
    socket.on('error', () => {});
  }

  /** Cuts the line. */
  close(): Promise<void> {
    this.#socket.terminate();
    return this.done;
  }

  async #releaseSession(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#idleTimer);
    this.#audioQueue.clear();
    for (const each of this.#subscriptions) each.unsubscribe();
    await this.#sessionStarted;
    await this.#session?.close();
  }

  /** A page that is refused is told why in full; the reason of the close frame, which comes after that, is cut. */
  async #answerOrEnd(act: () => void | Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      const message = (error instanceof Error ? error.message : String(error)).split('\n')[0];
      setImmediate(() =>
        this.#closeSocket(error instanceof SessionUnavailable ? CLOSE_CODES.refused : CLOSE_CODES.malformed, message),
      );
      throw new InputError(message, { cause: error });
    }
  }

  #acceptPacket({ samples, stamp }: AudioPacket): void {
    if (!this.#openRequest) throw new InputError('voice: sound came before the call of "listen"');
    const { rate } = this.#openRequest;
    const sound = { value: { samples, rate }, stamp, received: this.#clock.now() };
    if (this.#session) {
      this.#session.acceptAudio(sound);
      return;
    }
    const droppedPackets = this.#audioQueue.enqueue(sound).length;
    if (droppedPackets === 0) return;
    this.#dropped += droppedPackets;
    this.#emit('dropped', this.#dropped);
  }

  #startSession(opening: unknown): Promise<void> {
    if (this.#openRequest) throw new InputError('voice: "listen" is called a second time');
    this.#openRequest = parseOpenRequest(opening);
    const listening = this.#openAndSubscribe(this.#openRequest);
    this.#sessionStarted = listening.catch(() => undefined);
    return listening;
  }

  async #openAndSubscribe({ extension }: OpenRequest): Promise<void> {
    let session: SpeechSession;
    try {
      session = await this.#openSession(extension);
    } catch (cause) {
      throw new SessionUnavailable(errorMessage(cause), { cause });
    }
    this.#session = session;
    if (this.#closed) return;
    this.#subscriptions.push(
      session.stops$.subscribe((stop) => this.#emit('stop', stop)),
      session.utterances$.subscribe(({ text, confidence, accepted, start, end }) =>
        this.#emit('utterance', { text, confidence, accepted, start, end }),
      ),
      session.state$.subscribe((state) => this.#emit('state', state)),
    );
    for (let sound = this.#audioQueue.dequeue(); sound; sound = this.#audioQueue.dequeue()) session.acceptAudio(sound);
  }

  #closeSocket(code: number, reason: string): void {
    closeWithReason(this.#socket, code, reason);
  }
}

/** Tells a page in full why nobody listens to it, and ends the line. */
export function refusePage(socket: WebSocket, message: string): void {
  serve<VoiceService>(socketTransport(socket, voiceCodec), () => {
    throw new InputError(message);
  });
  closeWithReason(socket, CLOSE_CODES.refused, message);
}

const closeWithReason = (socket: WebSocket, code: number, reason: string): void =>
  socket.close(code, Buffer.from(reason).subarray(0, MAX_REASON_BYTES).toString());
