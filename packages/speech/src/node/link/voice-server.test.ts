import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InputError, ServiceClient, type Stamped, socketTransport } from '@praxis/core';
import { BehaviorSubject, firstValueFrom, Subject } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Audio } from '../../audio/audio.ts';
import { encodeAudioPacket, MAX_PACKET_SAMPLES } from '../../link/audio-packet.ts';
import { voiceCodec } from '../../link/codec.ts';
import { VOICE_PATH, type VoiceService } from '../../link/messages.ts';
import type { ListenerState, RecognisedUtterance } from '../../listening/listener-events.ts';
import type { StopEvent } from '../../recognition/stop-event.ts';
import type { SpeechSession } from './connection.ts';
import { VoiceServer } from './voice-server.ts';

/** Records the audio that it receives. */
class RecordingSession implements SpeechSession {
  readonly utterances$ = new Subject<RecognisedUtterance>();
  readonly stops$ = new Subject<StopEvent>();
  readonly state$ = new BehaviorSubject<ListenerState>({ kind: 'listening' });
  readonly received: Stamped<Audio>[] = [];
  closed = 0;
  acceptAudio(block: Stamped<Audio>): void {
    this.received.push(block);
  }
  async close(): Promise<void> {
    this.closed++;
  }
}

let http: Server;
let voice: VoiceServer;
let host: string;
/** All opened sessions. */
let sessions: RecordingSession[];
/** Runs before each session opens. */
let beforeOpen: () => Promise<void>;

beforeEach(async () => {
  sessions = [];
  beforeOpen = async () => {};
  voice = new VoiceServer(async () => {
    await beforeOpen();
    sessions.push(new RecordingSession());
    return sessions[sessions.length - 1];
  });
  http = createServer().on('upgrade', (request, socket, head) => voice.upgrade(request, socket, head));
  await once(http.listen(0, '127.0.0.1'), 'listening');
  host = `127.0.0.1:${(http.address() as AddressInfo).port}`;
});

afterEach(async () => {
  await voice.close();
  http.close();
});

const OPEN_REQUEST = { rate: 48_000, extension: { words: [], instructions: [] }, token: 'the-only-page-of-all' };
const listen = (request: unknown): string =>
  JSON.stringify({ kind: 'call', id: 0, method: 'listen', argument: request });
const OPEN_MESSAGE = listen(OPEN_REQUEST);

interface Message {
  readonly kind: string;
  readonly name?: string;
  readonly value?: unknown;
  readonly error?: { readonly type: string; readonly message: string };
}

/** The page's end of a connection, with all received messages. */
function page(origin = `http://${host}`) {
  const socket = new WebSocket(`ws://${host}${VOICE_PATH}`, { origin });
  const messages: Message[] = [];
  socket.on('message', (data) => messages.push(JSON.parse(String(data))));
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() })),
  );
  return { socket, messages, closed, opened: once(socket, 'open') };
}

async function waitFor(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
}

/** A page with an open session, in a tab of its own unless the token says otherwise. */
async function openPage(token: string = randomUUID()) {
  const one = page();
  await one.opened;
  one.socket.send(listen({ ...OPEN_REQUEST, token }));
  await waitFor(() => one.messages.some(({ kind }) => kind === 'result'));
  return { ...one, session: sessions[sessions.length - 1] };
}

describe('VoiceServer', () => {
  it('passes audio to the session with its rate and stamp, and sends utterances and stops', async () => {
    const { socket, session, messages } = await openPage();
    socket.send(encodeAudioPacket({ samples: Float32Array.of(0, 0.5, -1, 2), stamp: 17.25 }));
    await waitFor(() => session.received.length === 1);
    const [{ value, stamp }] = session.received;
    expect([stamp, value.rate, ...value.samples]).toEqual([17.25, 48_000, 0, 0.5, -1, 32767 / 32768]);
    const stop: StopEvent = { word: 'stop', end: 17.5, detected: 17.6, by: 'stop words', confidence: 'high' };
    session.stops$.next(stop);
    session.utterances$.next({ text: 'stop', accepted: 'yes', confidence: 0.9, start: 17, end: 17.5, compute: 0.1 });
    await waitFor(() => messages.length === 5);
    expect(messages.slice(3)).toEqual([
      { kind: 'event', name: 'stop', value: stop },
      {
        kind: 'event',
        name: 'utterance',
        value: { text: 'stop', accepted: 'yes', confidence: 0.9, start: 17, end: 17.5 },
      },
    ]);
  });

  it('answers a ServiceClient', async () => {
    const words: string[] = [];
    const socket = new WebSocket(`ws://${host}${VOICE_PATH}`, { origin: `http://${host}` });
    const client = new ServiceClient<VoiceService>(socketTransport(socket, voiceCodec), {
      events: { stop: ({ word }) => words.push(word) },
    });
    await client.call('listen', OPEN_REQUEST);
    client.notify('acceptAudio', { samples: Float32Array.of(0.5), stamp: 1 });
    await waitFor(() => sessions[0].received.length === 1);
    sessions[0].stops$.next({ word: 'abort', end: 1, detected: 1, by: 'stop words', confidence: 'high' });
    await waitFor(() => words.length === 1);
    await expect(client.call('listen', OPEN_REQUEST)).rejects.toThrow(
      new InputError('voice: "listen" is called a second time'),
    );
    expect(await client.exited).toMatchObject({ code: 1007 });
  });

  it('queues audio while the recogniser starts, drops the oldest beyond the limit, and counts it', async () => {
    let start = () => {};
    beforeOpen = () => new Promise((resolve) => (start = resolve));
    const { socket, messages, opened } = page();
    await opened;
    socket.send(OPEN_MESSAGE);
    const second = new Float32Array(12_000);
    for (let i = 0; i < 20; i++) socket.send(encodeAudioPacket({ samples: second, stamp: i }));
    await waitFor(() => messages.some(({ name, value }) => name === 'dropped' && value === 4));
    start();
    await waitFor(() => sessions[0]?.received.length === 16);
    expect(sessions[0].received[0].stamp).toBe(4);
  });

  it.each([
    ['text that is not JSON', 'hello', 'not JSON'],
    ['JSON that is not an object', 'null', 'not a call'],
    ['audio as text', '{"kind":"notify","method":"acceptAudio","argument":{"samples":[1],"stamp":0}}', 'not a call'],
    ['a missing request', listen(undefined), 'rate undefined'],
    ['a missing rate', listen({ extension: { words: [], instructions: [] } }), 'rate undefined'],
    ['a rate out of range', listen({ rate: 100 }), 'rate 100, expected a whole number'],
    ['a rate as text', listen({ rate: '48000' }), 'rate "48000", expected'],
    ['words that are not texts', listen({ rate: 48_000, extension: { words: [1], instructions: [] } }), 'extension'],
    ['audio before the request', encodeAudioPacket({ samples: new Float32Array(8), stamp: 0 }), 'audio arrived before'],
  ])('closes the connection on %s, with the reason', async (_, first, reason) => {
    const { socket, closed, opened } = page();
    await opened;
    socket.send(first);
    const end = await closed;
    expect(end.code).toBe(1007);
    expect(end.reason).toContain(reason);
    expect(sessions).toEqual([]);
  });

  it.each([
    ['no samples', new ArrayBuffer(8)],
    ['half a sample', new ArrayBuffer(11)],
    ['less than a stamp', new ArrayBuffer(3)],
    ['too many samples', encodeAudioPacket({ samples: new Float32Array(MAX_PACKET_SAMPLES + 1), stamp: 0 })],
    ['a stamp that is not finite', encodeAudioPacket({ samples: new Float32Array(8), stamp: Number.NaN })],
  ])('closes the connection and the session on a packet with %s', async (_, bytes) => {
    const { socket, closed, session } = await openPage();
    socket.send(bytes);
    expect((await closed).code).toBe(1007);
    await waitFor(() => session.closed === 1 && voice.connections === 0);
    expect(session.received).toEqual([]);
  });

  it('closes the connection on an overlong message', async () => {
    const { socket, closed, session } = await openPage();
    socket.send(new Uint8Array(1 << 20));
    expect((await closed).code).toBe(1009);
    await waitFor(() => session.closed === 1);
  });

  it('sends the full reason when the session does not open, and closes the connection', async () => {
    const reason = `speech recognition needs a library: ${'apt-get install it '.repeat(20)}`;
    beforeOpen = () => Promise.reject(new InputError(reason));
    const { socket, messages, closed, opened } = page();
    await opened;
    socket.send(OPEN_MESSAGE);
    expect((await closed).code).toBe(1011);
    expect(messages.slice(1)).toMatchObject([{ kind: 'error', error: { type: 'InputError', message: reason } }]);
  });

  it.each(['https://example.org', 'http://localhost:1', 'null', ''])('rejects a page from %j', async (origin) => {
    const socket = new WebSocket(`ws://${host}${VOICE_PATH}`, origin ? { origin } : {});
    const [error] = await once(socket, 'error');
    expect(String(error)).toContain('403');
  });

  it('rejects a page that reached it under a foreign name', async () => {
    const headers = { Host: `evil.example:${new URL(`http://${host}`).port}` };
    const socket = new WebSocket(`ws://${host}${VOICE_PATH}`, { headers, origin: `http://${headers.Host}` });
    const [error] = await once(socket, 'error');
    expect(String(error)).toContain('403');
  });

  it('answers other paths with 404', async () => {
    const socket = new WebSocket(`ws://${host}/other`, { origin: `http://${host}` });
    const [error] = await once(socket, 'error');
    expect(String(error)).toContain('404');
  });

  it('limits the concurrent pages, and accepts the next when one has left', async () => {
    const pages = [await openPage(), await openPage(), await openPage(), await openPage()];
    const fifth = page();
    await fifth.opened;
    fifth.socket.send(OPEN_MESSAGE);
    expect((await fifth.closed).code).toBe(1011);
    expect(fifth.messages.at(-1)).toMatchObject({
      kind: 'error',
      error: { message: expect.stringContaining('4 pages') },
    });
    pages[0].socket.close();
    await waitFor(() => voice.connections === 3);
    expect((await openPage()).session.closed).toBe(0);
  });

  it('gives the next page the place of a closed one at once, though its recogniser is still closing', async () => {
    const closing = new Subject<void>();
    const pages = [await openPage(), await openPage(), await openPage(), await openPage()];
    pages[0].session.close = () => firstValueFrom(closing);
    pages[0].socket.close();
    await pages[0].closed;
    const next = openPage();
    await new Promise((resolve) => setTimeout(resolve, 20));
    // No more recognisers than pages are in memory.
    expect(sessions).toHaveLength(4);
    closing.next();
    expect((await next).session).toBe(sessions[4]);
  });

  it('replaces the session of a tab that is opened again, and keeps those of other tabs', async () => {
    const tab = randomUUID();
    const other = await openPage();
    let last = await openPage(tab);
    for (let i = 0; i < 8; i++) {
      const next = await openPage(tab);
      expect((await last.closed).reason).toBe('the page has opened a new session');
      last = next;
    }
    await waitFor(() => voice.connections === 2);
    expect([other.session.closed, last.session.closed]).toEqual([0, 0]);
  });

  it('is not locked by connections that say nothing, and closes them after a short time', async () => {
    const silent = Array.from({ length: 20 }, () => page());
    for (const { opened } of silent) await opened;
    expect((await openPage()).session.closed).toBe(0);
    expect((await silent[0].closed).reason).toBe('too many connections');
    await voice.close();
    voice = new VoiceServer(async () => new RecordingSession(), 10);
    const one = page();
    expect((await one.closed).reason).toBe('no call of "listen"');
  });

  it('refuses a page without a token', async () => {
    const { socket, closed, opened } = page();
    await opened;
    socket.send(listen({ ...OPEN_REQUEST, token: 'short' }));
    expect((await closed).reason).toContain('voice: token');
  });

  it('releases every session and subscription, however early the page disconnects', async () => {
    for (let i = 0; i < 40; i++) {
      const one = page();
      await one.opened;
      if (i % 3 > 0) one.socket.send(OPEN_MESSAGE);
      if (i % 3 > 1) one.socket.send(encodeAudioPacket({ samples: new Float32Array(16), stamp: 0 }));
      if (i % 2 === 0) one.socket.terminate();
      else one.socket.close();
      await one.closed;
      await waitFor(() => voice.connections === 0);
    }
    await waitFor(() => sessions.every(({ closed }) => closed === 1));
    expect(sessions.length).toBeGreaterThan(0);
    expect(
      sessions.every(
        ({ stops$, utterances$, state$ }) => !stops$.observed && !utterances$.observed && !state$.observed,
      ),
    ).toBe(true);
  });
});
