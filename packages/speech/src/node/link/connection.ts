import { type Clock, type Emit, errorMessage, InputError, type Stamped, serve, socketTransport } from '@praxis/core';
import type { Extension } from '@praxis/policy';
import type { Observable, Subscription } from 'rxjs';
import type { WebSocket } from 'ws';
import { type Audio, durationOf } from '../../audio/audio.ts';
import { voiceCodec } from '../../link/codec.ts';
import { type Opening, parseOpening, type VoiceService } from '../../link/messages.ts';
import type { Piece } from '../../link/piece.ts';
import { Backlog } from '../../listening/backlog.ts';
import type { HeardUtterance, ListenerState } from '../../listening/heard.ts';
import type { StopEvent } from '../../recognition/stop-event.ts';

/** Port: what listens to one microphone. */
export interface Ear {
  readonly utterances$: Observable<HeardUtterance>;
  readonly stops$: Observable<StopEvent>;
  readonly state$: Observable<ListenerState>;
  /** Sound as it comes; never throws, never waits. */
  push(sound: Stamped<Audio>): void;
  close(): Promise<void>;
}

/** @throws {InputError} with one line on what is missing and how to get it */
export type OpenEar = (extension: Extension) => Promise<Ear>;

/** Sound that waits for the recogniser to start (s): with more the oldest goes. */
const WAITING = 4;
/** Silence of the line after which it is closed (ms): a page that listens sends all the time. */
const IDLE = 120_000;
/** Bytes that a page may leave unread before it is taken for dead. */
const UNREAD = 1 << 20;

/** Close codes of RFC 6455. */
const CLOSE = { done: 1000, malformed: 1007, refused: 1011 } as const;
/** A reason of a close frame holds 123 bytes at most. */
const REASON = 120;

/** There is no recogniser for a page that did nothing wrong. */
class Refusal extends Error {}

/** One page's microphone and the ear that listens to it. Both end together. */
export class Connection {
  readonly #socket: WebSocket;
  readonly #open: OpenEar;
  readonly #clock: Clock;
  readonly #waiting = new Backlog<Stamped<Audio>>(WAITING, ({ value }) => durationOf(value));
  readonly #subscriptions: Subscription[] = [];
  readonly #idle: NodeJS.Timeout;
  #emit!: Emit<VoiceService>;
  #opening: Opening | undefined;
  #listening: Promise<void> | undefined;
  #ear: Ear | undefined;
  #dropped = 0;
  #closed = false;
  /** When the line is cut and the ear is closed. */
  readonly done: Promise<void>;

  /** @param clock that of the pieces' stamps */
  constructor(socket: WebSocket, open: OpenEar, clock: Clock) {
    this.#socket = socket;
    this.#open = open;
    this.#clock = clock;
    this.#idle = setTimeout(() => this.#end(CLOSE.done, 'nothing came for two minutes'), IDLE);
    socket.on('message', () => this.#idle.refresh());
    serve<VoiceService>(socketTransport(socket, voiceCodec), (emit) => {
      this.#emit = (name, value) => {
        if (socket.bufferedAmount > UNREAD) socket.terminate();
        else emit(name, value);
      };
      return {
        methods: {
          listen: (opening, context) => {
            // Sound comes while the recogniser starts.
            context.letNextBegin();
            return this.#answerOrEnd(() => this.#listen(opening));
          },
          hear: (piece) => this.#answerOrEnd(() => this.#hear(piece)),
        },
      };
    });
    this.done = new Promise<void>((resolve) => socket.on('close', () => resolve())).then(() => this.#giveBack());
    // A frame that is too large or breaks the protocol: ws closes the line itself, with the code for it.
    socket.on('error', () => {});
  }

  /** Cuts the line. */
  close(): Promise<void> {
    this.#socket.terminate();
    return this.done;
  }

  async #giveBack(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#idle);
    this.#waiting.clear();
    for (const each of this.#subscriptions) each.unsubscribe();
    await this.#listening;
    await this.#ear?.close();
  }

  /** A page that is refused is told why in full; the reason of the close frame, which comes after that, is cut. */
  async #answerOrEnd(act: () => void | Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      const message = (error instanceof Error ? error.message : String(error)).split('\n')[0];
      setImmediate(() => this.#end(error instanceof Refusal ? CLOSE.refused : CLOSE.malformed, message));
      throw new InputError(message, { cause: error });
    }
  }

  #hear({ samples, stamp }: Piece): void {
    if (!this.#opening) throw new InputError('voice: sound came before the call of "listen"');
    const { rate } = this.#opening;
    const sound = { value: { samples, rate }, stamp, received: this.#clock.now() };
    if (this.#ear) {
      this.#ear.push(sound);
      return;
    }
    const gone = this.#waiting.push(sound).length;
    if (gone === 0) return;
    this.#dropped += gone;
    this.#emit('dropped', this.#dropped);
  }

  #listen(opening: unknown): Promise<void> {
    if (this.#opening) throw new InputError('voice: "listen" is called a second time');
    this.#opening = parseOpening(opening);
    const listening = this.#openEar(this.#opening);
    this.#listening = listening.catch(() => undefined);
    return listening;
  }

  async #openEar({ extension }: Opening): Promise<void> {
    let ear: Ear;
    try {
      ear = await this.#open(extension);
    } catch (cause) {
      throw new Refusal(errorMessage(cause), { cause });
    }
    this.#ear = ear;
    if (this.#closed) return;
    this.#subscriptions.push(
      ear.stops$.subscribe((stop) => this.#emit('stop', stop)),
      ear.utterances$.subscribe(({ text, confidence, accepted, start, end }) =>
        this.#emit('utterance', { text, confidence, accepted, start, end }),
      ),
      ear.state$.subscribe((state) => this.#emit('state', state)),
    );
    for (let sound = this.#waiting.shift(); sound; sound = this.#waiting.shift()) ear.push(sound);
  }

  #end(code: number, reason: string): void {
    end(this.#socket, code, reason);
  }
}

/** Tells a page in full why nobody listens to it, and ends the line. */
export function refusePage(socket: WebSocket, message: string): void {
  serve<VoiceService>(socketTransport(socket, voiceCodec), () => {
    throw new InputError(message);
  });
  end(socket, CLOSE.refused, message);
}

const end = (socket: WebSocket, code: number, reason: string): void =>
  socket.close(code, Buffer.from(reason).subarray(0, REASON).toString());
