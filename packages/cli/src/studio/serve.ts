import { statSync } from 'node:fs';
import { createServer, type IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { basename, dirname, extname } from 'node:path';
import type { Duplex, Readable } from 'node:stream';
import { firstLine, InputError } from '@praxis/core';
import type { VoiceServer } from '@praxis/speech/node';
import sirv from 'sirv';

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

/** Sends one file, or a status of 304, 400, 404, 405, 421 or 422. */
function answer(
  { mounts, made }: { readonly mounts: readonly Mount[]; readonly made: MadeFiles },
  request: IncomingMessage,
  response: ServerResponse,
): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.setHeader('Content-Security-Policy', contentPolicyOf(''));
  if (!LOOPBACK_HOST.test(request.headers.host ?? '')) {
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

/** Options of {@link serve}. */
export interface ServeOptions {
  /** First port to try. Default: 0, any free port. */
  readonly port?: number;
  /** Number of ports to try. Default: 1. */
  readonly tries?: number;
  /** Files that are made on request; they come before those of the folders. Default: none. */
  readonly made?: MadeFiles;
  /** Server of the pages' microphones. Default: none. */
  readonly voice?: VoiceServer;
  /** False sends no compressed neighbours of files. Default: true. */
  readonly compressed?: boolean;
}

/** A server that runs. */
export interface RunningServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the built studio, the policies and the robot descriptions, and nothing else, on 127.0.0.1.
 * @param folders folder of each URL prefix, or a single file (`/praxis.config.js`); the longest prefix that matches wins
 * @throws the error of the last port, for example EADDRINUSE
 */
export async function serve(
  folders: Readonly<Record<string, string>>,
  { port = 0, tries = 1, made = {}, voice, compressed = true }: ServeOptions = {},
): Promise<RunningServer> {
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
      answer({ mounts, made }, request, response);
    } catch {
      // The file went between two looks at it.
      response.destroy();
    }
  };
  const server = createServer(handle);
  server.on('upgrade', (request, socket, head) => {
    if (voice && request.headers.upgrade?.toLowerCase() === 'websocket') voice.upgrade(request, socket, head);
    else {
      const respond = (): void => handle(request, responseOn(request, socket));
      // The client may send its next request on a connection before the response to the last one has left the socket.
      const previous = open.get(socket);
      if (previous) {
        // Node no longer drains a socket with an offer to upgrade: a response that needs it would never end.
        const timer = setTimeout(() => socket.destroy(), LAST_RESPONSE_MS);
        previous.once('finish', () => {
          clearTimeout(timer);
          respond();
        });
      } else respond();
    }
  });
  for (let i = 0; ; i++) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port === 0 ? 0 : port + i, '127.0.0.1', () => {
          server.off('error', reject);
          resolve();
        });
      });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || i + 1 >= tries) throw error;
    }
  }
  return {
    // Another server may have localhost at this port on ::1.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: async () => {
      // closeAllConnections does not close upgraded sockets, and close would wait for them.
      await voice?.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
