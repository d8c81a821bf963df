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

/** Port: recognises the speech of one microphone. */
export interface SpeechSession {
  readonly utterances$: Observable<RecognisedUtterance>;
  readonly stops$: Observable<StopEvent>;
  readonly state$: Observable<ListenerState>;
  /** Queues the next block; never throws and never blocks. */
  acceptAudio(block: Stamped<Audio>): void;
  close(): Promise<void>;
}

/** Opens a session for a page. @throws {InputError} with the missing program and the command that installs it, in one line */
export type OpenSpeechSession = (extension: VocabularyExtension) => Promise<SpeechSession>;

/** Audio that may wait for the start of the recogniser (s); beyond it the oldest is dropped. */
const MAX_QUEUED_AUDIO_S = 4;
/** A connection without messages for this long is closed (ms): a page keeps an unused microphone open for a minute. */
const IDLE_TIMEOUT_MS = 75_000;
/** A page calls `listen` as soon as it is connected; a connection without the call is closed after this time (ms). */
const HELLO_TIMEOUT_MS = 5_000;
/** A page that leaves more bytes unread has hung, and its connection is closed. */
const MAX_UNREAD_BYTES = 1 << 20;

/** Close codes of RFC 6455. */
const CLOSE_CODES = { done: 1000, malformed: 1007, refused: 1011 } as const;
/** A close frame holds a reason of at most 123 bytes. */
const MAX_REASON_BYTES = 120;

/** The recogniser did not start; the page made no mistake. */
class SessionUnavailable extends Error {}

/** Decides whether a page that says hello gets a session. */
export interface Admission {
  /** Admits the page of a connection, or throws the reason of a refusal. */
  admit(connection: Connection, token: string): void;
  /** Resolves when one more session fits in memory, with the function that gives its place back; undefined when the page left. */
  reserve(connection: Connection): Promise<(() => void) | undefined>;
}

/** The connection of one page, with its speech session. The session is released after the socket has closed. */
export class Connection {
  readonly #socket: WebSocket;
  readonly #openSession: OpenSpeechSession;
  readonly #clock: Clock;
  readonly #admission: Admission;
  readonly #audioQueue = new DropOldestQueue<Stamped<Audio>>(MAX_QUEUED_AUDIO_S, ({ value }) => durationS(value));
  readonly #subscriptions: Subscription[] = [];
  #timer: NodeJS.Timeout;
  #giveBack: (() => void) | undefined;
  #emit!: Emit<VoiceService>;
  #openRequest: OpenRequest | undefined;
  #sessionStarted: Promise<void> | undefined;
  #session: SpeechSession | undefined;
  #dropped = 0;
  #closed = false;
  /** Resolves once the socket is closed: the page is gone. */
  readonly left: Promise<void>;
  /** Resolves once the socket and the session are closed. */
  readonly done: Promise<void>;

  /** @param clock clock of the packets' stamps */
  constructor(
    socket: WebSocket,
    openSession: OpenSpeechSession,
    clock: Clock,
    admission: Admission,
    helloTimeoutMs = HELLO_TIMEOUT_MS,
  ) {
    this.#socket = socket;
    this.#openSession = openSession;
    this.#clock = clock;
    this.#admission = admission;
    this.#timer = setTimeout(() => this.#closeSocket(CLOSE_CODES.refused, 'no call of "listen"'), helloTimeoutMs);
    socket.on('message', () => this.#openRequest && this.#timer.refresh());
    serve<VoiceService>(socketTransport(socket, voiceCodec), (emit) => {
      this.#emit = (name, value) => {
        if (socket.bufferedAmount > MAX_UNREAD_BYTES) socket.terminate();
        else emit(name, value);
      };
      return {
        methods: {
          listen: (request, context) => {
            // Audio arrives while the recogniser starts.
            context.releaseQueue();
            return this.#answerOrClose(() => this.#startSession(request));
          },
          acceptAudio: (packet) => this.#answerOrClose(() => this.#acceptPacket(packet)),
        },
      };
    });
    this.left = new Promise<void>((resolve) => socket.on('close', () => resolve()));
    this.done = this.left.then(() => this.#releaseSession());
    // On an overlong or invalid frame `ws` closes the connection itself, with the matching code.
    socket.on('error', () => {});
  }

  /** Terminates the connection. Resolves once the session is closed. */
  close(): Promise<void> {
    this.#socket.terminate();
    return this.done;
  }

  /** Token of the page; undefined before its hello. */
  get token(): string | undefined {
    return this.#openRequest?.token;
  }

  /** True once the page has left. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Closes the connection with a reason. */
  dismiss(reason: string): void {
    this.#closed = true;
    this.#closeSocket(CLOSE_CODES.done, reason);
    // A page that has hung does not answer the close frame.
    setTimeout(() => this.#socket.terminate(), 1_000).unref();
  }

  async #releaseSession(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#audioQueue.clear();
    for (const each of this.#subscriptions) each.unsubscribe();
    try {
      await this.#sessionStarted;
      await this.#session?.close();
    } finally {
      this.#giveBack?.();
    }
  }

  /** Answers a failed call with the full reason, then closes the connection with the truncated one. */
  async #answerOrClose(act: () => void | Promise<void>): Promise<void> {
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
    if (!this.#openRequest) throw new InputError('voice: audio arrived before the call of "listen"');
    const { rate } = this.#openRequest;
    const block = { value: { samples, rate }, stamp, received: this.#clock.now() };
    if (this.#session) {
      this.#session.acceptAudio(block);
      return;
    }
    const droppedPackets = this.#audioQueue.enqueue(block).length;
    if (droppedPackets === 0) return;
    this.#dropped += droppedPackets;
    this.#emit('dropped', this.#dropped);
  }

  #startSession(request: unknown): Promise<void> {
    if (this.#openRequest) throw new InputError('voice: "listen" is called a second time');
    const parsed = parseOpenRequest(request);
    try {
      this.#admission.admit(this, parsed.token);
    } catch (cause) {
      throw new SessionUnavailable(errorMessage(cause), { cause });
    }
    this.#openRequest = parsed;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#closeSocket(CLOSE_CODES.done, 'no message for 75 s'), IDLE_TIMEOUT_MS);
    const opened = this.#openAndSubscribe(this.#openRequest);
    this.#sessionStarted = opened.catch(() => undefined);
    return opened;
  }

  async #openAndSubscribe({ extension }: OpenRequest): Promise<void> {
    this.#giveBack = await this.#admission.reserve(this);
    if (!this.#giveBack) return;
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
    for (let block = this.#audioQueue.dequeue(); block; block = this.#audioQueue.dequeue()) session.acceptAudio(block);
  }

  #closeSocket(code: number, reason: string): void {
    closeWithReason(this.#socket, code, reason);
  }
}

const closeWithReason = (socket: WebSocket, code: number, reason: string): void =>
  socket.close(code, Buffer.from(reason).subarray(0, MAX_REASON_BYTES).toString());
