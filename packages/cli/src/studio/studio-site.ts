import { statSync } from 'node:fs';
import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { basename, dirname, extname } from 'node:path';
import type { Duplex, Readable } from 'node:stream';
import { firstLine, InputError } from '@praxis/core';
import { refuseUpgrade } from '@praxis/policy/node';
import { VOICE_PATH } from '@praxis/speech';
import type { VoiceServer } from '@praxis/speech/node';
import sirv from 'sirv';
import type { PageGate } from './page-gate.ts';

const headers = {
  // A page shares memory with its workers only if it is isolated from other origins.
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
};

/** The page may connect to this server only, and no other page may frame it. Workers have policies of their own. */
const contentPolicy = ({ scripts, connections }: { readonly scripts: string; readonly connections: string }): string =>
  `default-src 'self'; script-src 'self' blob: 'wasm-unsafe-eval'${scripts}; worker-src 'self' blob:; ` +
  "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:; " +
  `connect-src 'self' data: blob:${connections}; ` +
  "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The worker of the simulator as vite names it: MuJoCo's bindings compile functions from strings there. */
const SIMULATOR_WORKER = /^\/assets\/episode\.worker-[\w-]{8}\.js$/;
/** The worker of the policy connects to the server that `?policy=` names. It has nothing but simulated observations to send. */
const POLICY_WORKER = /^\/assets\/policy\.worker-[\w-]{8}\.js$/;
const contentPolicyOf = (pathname: string): string =>
  contentPolicy({
    scripts: SIMULATOR_WORKER.test(pathname) ? " 'unsafe-eval'" : '',
    connections: POLICY_WORKER.test(pathname) ? ' ws: wss:' : '',
  });

/** Names of this machine. Another name that resolves to it belongs to a page of another site (DNS rebinding). */
const LOOPBACK_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** Content types of extensions that sirv does not know. */
const types: Readonly<Record<string, string>> = {
  '.onnx': 'application/octet-stream',
  '.txt': 'text/plain; charset=utf-8',
  '.urdf': 'application/xml; charset=utf-8',
};

/** A file of the build whose name holds a digest of its content (vite's `NAME-DIGEST.EXTENSION`): it never changes. */
const HASHED_FILE = /^\/assets\/[^/]+-[\w-]{8}\.\w+$/;
const HASHED_CACHING = 'public, max-age=31536000, immutable';

/** A URL prefix and the folder or file behind it. */
interface Mount {
  readonly prefix: string;
  readonly path: string;
  readonly isFile: boolean;
  readonly send: ReturnType<typeof sirv>;
}

/** Makes the function that answers the requests below each prefix; the longest prefix comes first. */
const mountsOf = (folders: Readonly<Record<string, string>>, compressed: boolean): readonly Mount[] =>
  Object.entries(folders)
    .sort(([a], [b]) => b.length - a.length)
    .map(([prefix, path]) => {
      const isFile = statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
      const send = sirv(isFile ? dirname(path) : path, {
        // Looks at the file at each request: a policy can be trained again, and the page built again, while the server runs.
        dev: true,
        etag: true,
        // Files `NAME.br` and `NAME.gz` beside a file are sent in its place to clients that take them.
        brotli: compressed,
        gzip: compressed,
        // A path names its file in full.
        extensions: [],
        setHeaders: (response, pathname) => {
          const type = types[extname(pathname)];
          if (type) response.setHeader('Content-Type', type);
        },
      });
      return { prefix, path, isFile, send };
    });

const covers = ({ prefix, isFile }: Mount, pathname: string): boolean =>
  prefix === '/' || pathname === prefix || (!isFile && pathname.startsWith(`${prefix}/`));

/** Path of the requested file below its mount, as sirv reads it: encoded, with a leading slash. */
function pathBelow({ prefix, path, isFile }: Mount, pathname: string): string {
  if (isFile) return `/${encodeURIComponent(basename(path))}`;
  const rest = prefix === '/' ? pathname : pathname.slice(prefix.length) || '/';
  return rest.endsWith('/') ? `${rest}index.html` : rest;
}

/** Closes the file that sirv pipes into the response when the client goes, which sirv does not; HEAD reads no file. */
function guardFile(request: IncomingMessage, response: ServerResponse): void {
  response.once('pipe', (file: Readable) => {
    file.once('error', () => response.destroy());
    response.once('close', () => file.destroy());
    if (request.method !== 'HEAD') return;
    file.unpipe(response);
    file.destroy();
    response.end();
  });
}

function refuse(response: ServerResponse, status: number, text = ''): void {
  response.writeHead(status, { 'Cache-Control': 'no-cache', 'Content-Type': 'text/plain' }).end(text);
}

/** A file that is made on request. */
export interface MadeFile {
  /** Content type. */
  readonly type: string;
  /** @throws {InputError} with the line that the page shows */
  make(): Promise<Uint8Array>;
}

/** Files by their paths, encoded as in an address. */
export type MadeFiles = Readonly<Record<string, MadeFile>>;

/** Sends a file that is made on request; a wrong input is status 422 with the reason in one line. */
async function sendMade({ type, make }: MadeFile, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let bytes: Uint8Array;
  try {
    bytes = await make();
  } catch (error) {
    refuse(response, error instanceof InputError ? 422 : 500, `${firstLine(error)}\n`);
    return;
  }
  response.writeHead(200, { 'Cache-Control': 'no-cache', 'Content-Type': type, 'Content-Length': bytes.length });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

/** Sends one file, or a status of 303, 304, 400, 401, 403, 404, 405, 421 or 422. */
function answer(
  { mounts, made, gate }: { readonly mounts: readonly Mount[]; readonly made: MadeFiles; readonly gate?: PageGate },
  request: IncomingMessage,
  response: ServerResponse,
): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.setHeader('Content-Security-Policy', contentPolicyOf(''));
  if (gate) {
    if (!gate.admits(request, response)) return;
  } else if (!LOOPBACK_HOST.test(request.headers.host ?? '')) {
    refuse(response, 421, 'open the page under 127.0.0.1\n');
    return;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    refuse(response, 405);
    return;
  }
  let pathname: string;
  let decoded: string;
  try {
    ({ pathname } = new URL(request.url ?? '', 'http://127.0.0.1'));
    decoded = decodeURIComponent(pathname);
  } catch {
    refuse(response, 400);
    return;
  }
  if (Object.hasOwn(made, pathname)) {
    void sendMade(made[pathname], request, response);
    return;
  }
  const notFound = () => refuse(response, 404, 'not found\n');
  const mount = mounts.find((each) => covers(each, pathname));
  // `new URL` resolved the dots between slashes; sirv refuses whatever else would leave the folder.
  if (!mount || decoded.includes('\0')) {
    notFound();
    return;
  }
  if (mount.prefix === '/') response.setHeader('Content-Security-Policy', contentPolicyOf(pathname));
  request.url = pathBelow(mount, pathname);
  // Whole files only: sirv takes a malformed range for an offset, which throws.
  delete request.headers.range;
  const hashed = mount.prefix === '/' && HASHED_FILE.test(pathname);
  response.setHeader('Cache-Control', hashed ? HASHED_CACHING : 'no-cache');
  guardFile(request, response);
  mount.send(request, response, notFound);
}

/** Longest time (ms) for the response before an offer to upgrade to leave. */
const LAST_RESPONSE_MS = 1000;

/** The response to a request whose offer to upgrade is ignored, such as `Upgrade: h2c` (RFC 9110, 7.8). */
function responseOn(request: IncomingMessage, socket: Duplex): ServerResponse {
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  socket.on('error', () => socket.destroy());
  response.assignSocket(socket as Socket);
  response.once('finish', () => socket.end());
  return response;
}

/** Options of {@link studioSite}. */
export interface StudioSiteOptions {
  /** Files that are made on request; they come before those of the folders. Default: none. */
  readonly made?: MadeFiles;
  /** Server of the pages' microphones. Default: none. */
  readonly voice?: VoiceServer;
  /** False sends no compressed neighbours of files. Default: true. */
  readonly compressed?: boolean;
  /** Admits requests by a token. Default: those under a name of this machine, which only this machine can send to the loopback interface. */
  readonly gate?: PageGate;
}

/** The studio's page and the connections of its microphones, on a port that another part has opened. */
export interface StudioSite {
  /** Answers a request. */
  answer(request: IncomingMessage, response: ServerResponse): void;
  /**
   * Takes a request with an offer to upgrade: that of a page's microphone, or one to another protocol than websocket, which it ignores
   * and answers.
   * @returns false for any other websocket, which it leaves alone
   */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Ends the connections of the microphones. */
  close(): Promise<void>;
}

/**
 * Makes what serves the built studio, the policies and the robot descriptions, and nothing else.
 * @param folders folder of each URL prefix, or a single file (`/praxis.config.js`); the longest prefix that matches wins
 */
export function studioSite(
  folders: Readonly<Record<string, string>>,
  { made = {}, voice, compressed = true, gate }: StudioSiteOptions = {},
): StudioSite {
  const mounts = mountsOf(folders, compressed);
  /** The newest response of each socket that is not finished. */
  const open = new WeakMap<Duplex, ServerResponse>();
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    open.set(request.socket, response);
    response.once('finish', () => {
      // The next request on the connection may have come before.
      if (open.get(request.socket) === response) open.delete(request.socket);
    });
    try {
      answer({ mounts, made, gate }, request, response);
    } catch {
      // The file went between two looks at it.
      response.destroy();
    }
  };
  const ignoreOffer = (request: IncomingMessage, socket: Duplex): void => {
    const respond = (): void => handle(request, responseOn(request, socket));
    // The client may send its next request on a connection before the response to the last one has left the socket.
    const previous = open.get(socket);
    if (!previous) {
      respond();
      return;
    }
    // Node no longer drains a socket with an offer to upgrade: a response that needs it would never end.
    const timer = setTimeout(() => socket.destroy(), LAST_RESPONSE_MS);
    previous.once('finish', () => {
      clearTimeout(timer);
      respond();
    });
  };
  return {
    answer: handle,
    upgrade(request, socket, head) {
      if (request.headers.upgrade?.toLowerCase() !== 'websocket') {
        ignoreOffer(request, socket);
        return true;
      }
      if (request.url !== VOICE_PATH || !voice) return false;
      const status = gate?.refusal(request);
      if (status === undefined) voice.upgrade(request, socket, head);
      else refuseUpgrade(socket, status);
      return true;
    },
    // closeAllConnections of a server does not close upgraded sockets, and close would wait for them.
    close: async () => voice?.close(),
  };
}
