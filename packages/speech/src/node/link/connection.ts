import { type Clock, errorMessage, InputError, type Stamped } from '@praxis/core';
import type { Extension } from '@praxis/policy';
import type { Observable, Subscription } from 'rxjs';
import type { RawData, WebSocket } from 'ws';
import { type Audio, durationOf } from '../../audio/audio.ts';
import { type FromListener, type Opening, parseOpening } from '../../link/messages.ts';
import { decodePiece } from '../../link/piece.ts';
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

/** One page's microphone and the ear that listens to it. Both end together. */
export class Connection {
  readonly #socket: WebSocket;
  readonly #open: OpenEar;
  readonly #clock: Clock;
  readonly #waiting = new Backlog<Stamped<Audio>>(WAITING, ({ value }) => durationOf(value));
  readonly #subscriptions: Subscription[] = [];
  readonly #idle: NodeJS.Timeout;
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
    socket.on('message', (data: RawData, isBinary: boolean) => this.#take(data as Buffer, isBinary));
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

  #take(data: Buffer, isBinary: boolean): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#idle.refresh();
    try {
      if (!this.#opening) {
        if (isBinary) throw new InputError('voice: sound came before the first message');
        this.#opening = parseOpening(data.toString());
        this.#listening = this.#listen(this.#opening);
      } else {
        if (!isBinary) throw new InputError('voice: a second text message, expected sound');
        this.#hear(data, this.#opening.rate);
      }
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.#end(CLOSE.malformed, error.message);
    }
  }

  #hear(data: Buffer, rate: number): void {
    const { value: samples, stamp } = decodePiece(data);
    const sound = { value: { samples, rate }, stamp, received: this.#clock.now() };
    if (this.#ear) {
      this.#ear.push(sound);
      return;
    }
    const gone = this.#waiting.push(sound).length;
    if (gone === 0) return;
    this.#dropped += gone;
    this.#send({ kind: 'dropped', pieces: this.#dropped });
  }

  async #listen({ extension }: Opening): Promise<void> {
    let ear: Ear;
    try {
      ear = await this.#open(extension);
    } catch (error) {
      this.refuse(errorMessage(error));
      return;
    }
    this.#ear = ear;
    if (this.#closed) return;
    this.#subscriptions.push(
      ear.stops$.subscribe((stop) => this.#send({ kind: 'stop', stop })),
      ear.utterances$.subscribe(({ text, confidence, accepted, start, end }) =>
        this.#send({ kind: 'utterance', text, confidence, accepted, start, end }),
      ),
      ear.state$.subscribe((state) => this.#send({ kind: 'state', state })),
    );
    this.#send({ kind: 'ready' });
    for (let sound = this.#waiting.shift(); sound; sound = this.#waiting.shift()) ear.push(sound);
  }

  /** Says in full why nobody listens; the reason of a close frame is cut. */
  refuse(message: string): void {
    const line = message.split('\n')[0];
    this.#send({ kind: 'refused', message: line });
    this.#end(CLOSE.refused, line);
  }

  #send(message: FromListener): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#socket.bufferedAmount > UNREAD) this.#socket.terminate();
    else this.#socket.send(JSON.stringify(message));
  }

  #end(code: number, reason: string): void {
    this.#socket.close(code, Buffer.from(reason).subarray(0, REASON).toString());
  }
}
