import { statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, dirname, extname } from 'node:path';
import type { Readable } from 'node:stream';
import type { VoiceServer } from '@praxis/speech/node';
import sirv from 'sirv';

const headers = {
  // A page shares memory with its workers only if it is isolated from other origins.
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  // The page may connect to this server only. MuJoCo's bindings compile functions from strings, hence unsafe-eval.
  'Content-Security-Policy':
    "default-src 'self'; script-src 'self' blob: 'wasm-unsafe-eval' 'unsafe-eval'; worker-src 'self' blob:; " +
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self' data: blob:",
  'X-Content-Type-Options': 'nosniff',
};

/** Content types of extensions that sirv does not know. */
const types: Readonly<Record<string, string>> = {
  '.onnx': 'application/octet-stream',
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

/** Sends one file, or a status of 304, 400, 404 or 405. */
function answer(mounts: readonly Mount[], request: IncomingMessage, response: ServerResponse): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    refuse(response, 405);
    return;
  }
  let pathname: string;
  let decoded: string;
  try {
    ({ pathname } = new URL(request.url ?? '', 'http://localhost'));
    decoded = decodeURIComponent(pathname);
  } catch {
    refuse(response, 400);
    return;
  }
  const notFound = () => refuse(response, 404, 'not found\n');
  const mount = mounts.find((each) => covers(each, pathname));
  // `new URL` resolved the dots between slashes; sirv refuses whatever else would leave the folder.
  if (!mount || decoded.includes('\0')) {
    notFound();
    return;
  }
  request.url = pathBelow(mount, pathname);
  // Whole files only: sirv takes a malformed range for an offset, which throws.
  delete request.headers.range;
  const hashed = mount.prefix === '/' && HASHED_FILE.test(pathname);
  response.setHeader('Cache-Control', hashed ? HASHED_CACHING : 'no-cache');
  guardFile(request, response);
  mount.send(request, response, notFound);
}

/** Options of {@link serve}. */
export interface ServeOptions {
  /** First port to try. Default: 0, any free port. */
  readonly port?: number;
  /** Number of ports to try. Default: 1. */
  readonly tries?: number;
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
  { port = 0, tries = 1, voice, compressed = true }: ServeOptions = {},
): Promise<RunningServer> {
  const mounts = mountsOf(folders, compressed);
  const server = createServer((request, response) => {
    try {
      answer(mounts, request, response);
    } catch {
      // The file went between two looks at it.
      response.destroy();
    }
  });
  if (voice) server.on('upgrade', (request, socket, head) => voice.upgrade(request, socket, head));
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
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
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
