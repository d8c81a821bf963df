import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve } from '../packages/cli/src/studio/serve.ts';
import { openVoiceServer } from '../packages/cli/src/studio/voice-server.ts';
import { needs } from './needs.ts';

/** Files of the built page, as vite names them: the second holds a digest of its content. */
const SCRIPT = 'assets/index-DJ3Q7vaK.js';
const PROGRAM = 'console.log("program");\n'.repeat(100);
/** Size of the file of the aborted downloads (bytes): more than the buffers of a connection hold. */
const LARGE_FILE_SIZE = 16_000_000;

let folder: string;
let server: { url: string; close: () => Promise<void> };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'praxis-serve-'));
  mkdirSync(join(folder, 'dist'));
  mkdirSync(join(folder, 'models', 'default'), { recursive: true });
  writeFileSync(join(folder, 'dist', 'index.html'), '<p>page</p>');
  mkdirSync(join(folder, 'dist', 'assets'));
  writeFileSync(join(folder, 'dist', SCRIPT), PROGRAM);
  writeFileSync(join(folder, 'dist', `${SCRIPT}.br`), brotliCompressSync(PROGRAM));
  writeFileSync(join(folder, 'dist', `${SCRIPT}.gz`), gzipSync(PROGRAM));
  writeFileSync(join(folder, 'dist', 'large.wasm'), new Uint8Array(LARGE_FILE_SIZE));
  writeFileSync(join(folder, 'models', 'default', 'vision.onnx'), 'weights');
  writeFileSync(join(folder, 'models', 'arm.urdf'), '<robot/>');
  writeFileSync(join(folder, 'secret'), 'secret');
  writeFileSync(join(folder, 'bundle-1.2.js'), 'export default {};');
  server = await serve({
    '/': join(folder, 'dist'),
    '/models': join(folder, 'models'),
    '/praxis.config.js': join(folder, 'bundle-1.2.js'),
  });
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  /** The body as it was transferred. */
  readonly body: Buffer;
}

/** Sends a path and headers as they are; fetch would normalise the path and decode the body. */
const ask = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { port } = new URL(server.url);
    request({ host: '127.0.0.1', port, path, headers, method }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    })
      .on('error', reject)
      .end();
  });

/** Starts a download and drops the connection at the first bytes. */
const abortDownload = (path: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const { port } = new URL(server.url);
    const sent = request({ host: '127.0.0.1', port, path, agent: false }, (response) => {
      response.once('data', () => {
        response.destroy();
        resolve();
      });
      response.on('error', () => undefined);
    });
    sent.on('error', reject).end();
  });

/** Number of files below the test's folder that this process has open. */
const openFiles = (): number =>
  readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith(folder);
    } catch {
      return false;
    }
  }).length;

describe('the server behind npm start', () => {
  it('sends the headers of an isolated page, so that workers can share memory', async () => {
    const response = await fetch(server.url);
    expect(await response.text()).toBe('<p>page</p>');
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(response.headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(response.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    expect(response.headers.get('content-security-policy')).toContain("connect-src 'self'");
  });

  it('serves the policies under /models', async () => {
    expect(await (await fetch(`${server.url}models/default/vision.onnx`)).text()).toBe('weights');
  });

  it.each([
    '/../secret',
    '/models/../../secret',
    '/models/..%2f..%2fsecret',
    '/models/%2e%2e/%2e%2e/secret',
    '/models//../..//secret',
    '/models/..%5c..%5csecret',
    '/%00',
    '/nothing',
    '/models',
    '/models/',
    '/models/default',
    '/praxis.config.js/secret',
    '/index',
  ])('answers %s with 404 and the headers of the page', async (path) => {
    const { status, headers, body } = await ask(path);
    expect(status).toBe(404);
    expect(body.toString()).not.toContain('secret');
    expect(headers['cross-origin-embedder-policy']).toBe('require-corp');
    expect(headers['content-security-policy']).toContain("connect-src 'self'");
  });

  it('prints the address that it is bound to, which no other server can have', () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  });

  it('lets no page frame it, and functions from strings run in the worker of the simulator alone', async () => {
    const policyOf = async (path: string) => String((await ask(path)).headers['content-security-policy']);
    const page = await policyOf('/');
    for (const rule of ["frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'", "form-action 'none'"])
      expect(page).toContain(rule);
    expect((await ask('/')).headers['x-frame-options']).toBe('DENY');
    expect(page).not.toContain("'unsafe-eval'");
    expect(await policyOf('/assets/policy.worker-DJ3Q7vaK.js')).not.toContain("'unsafe-eval'");
    expect(await policyOf('/assets/episode.worker-DJ3Q7vaK.js')).toContain("'unsafe-eval'");
    expect(await policyOf('/models/assets/episode.worker-DJ3Q7vaK.js')).not.toContain("'unsafe-eval'");
  });

  it.each(['evil.example', 'evil.example:80', '127.0.0.1.evil.example', 'localhost@evil.example', '192.168.0.2'])(
    'serves nothing under the name %s',
    async (host) => {
      const { status, body } = await ask('/', { host });
      expect(status).toBe(421);
      expect(body.toString()).not.toContain('<p>');
    },
  );

  it.each(['localhost:1', '127.0.0.1', '[::1]:80'])('serves the page under %s', async (host) => {
    expect((await ask('/', { host })).status).toBe(200);
  });

  it('ignores an offer to upgrade the protocol', async () => {
    const { status, body } = await ask('/', { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c' });
    expect([status, body.toString()]).toEqual([200, '<p>page</p>']);
  });

  it('goes on serving after an offer behind a response that has not left yet', async () => {
    const { port } = new URL(server.url);
    const plain = (path: string) => `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`;
    const offer = plain('/').replace('\r\n\r\n', '\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n');
    const socket = connect(Number(port), '127.0.0.1');
    let text = '';
    // The first response has left, the second is too large to have.
    socket.once('data', () => {
      socket.pause();
      setTimeout(() => {
        socket.write(offer);
        setTimeout(() => socket.resume(), 50);
      }, 50);
    });
    socket.on('data', (data) => {
      text += data.toString('latin1');
    });
    const ended = once(socket, 'close');
    socket.write(plain('/') + plain('/large.wasm'));
    await ended;
    expect(text).toContain('<p>page</p>');
    expect((await ask('/')).status).toBe(200);
  });

  it('answers a malformed path with 400', async () => {
    expect((await ask('/%zz')).status).toBe(400);
  });

  it('refuses methods other than GET and HEAD', async () => {
    expect((await fetch(server.url, { method: 'POST' })).status).toBe(405);
  });

  it('answers HEAD with the headers alone', async () => {
    const { status, headers, body } = await ask('/large.wasm', {}, 'HEAD');
    expect(status).toBe(200);
    expect(headers['content-length']).toBe(String(LARGE_FILE_SIZE));
    expect(body.length).toBe(0);
  });

  it.each([
    ['br, gzip', 'br', brotliDecompressSync],
    ['gzip, deflate', 'gzip', gunzipSync],
    ['identity', undefined, (body: Buffer) => body],
  ] as const)('sends to a client that takes %s what was compressed beforehand', async (accepted, encoding, decode) => {
    const { headers, body } = await ask(`/${SCRIPT}`, { 'Accept-Encoding': accepted });
    expect(headers['content-encoding']).toBe(encoding);
    expect(headers['content-type']).toContain('text/javascript');
    expect(headers.vary).toBe('Accept-Encoding');
    expect(decode(body).toString()).toBe(PROGRAM);
    expect(Number(headers['content-length'])).toBe(body.length);
  });

  it('sends no compressed file on request of its owner', async () => {
    const plain = await serve({ '/': join(folder, 'dist') }, { compressed: false });
    const response = await fetch(`${plain.url}${SCRIPT}`);
    expect(response.headers.get('content-encoding')).toBeNull();
    await plain.close();
  });

  it.each([
    [`/${SCRIPT}`, 'public, max-age=31536000, immutable'],
    ['/', 'no-cache'],
    ['/large.wasm', 'no-cache'],
    ['/models/default/vision.onnx', 'no-cache'],
    ['/nothing', 'no-cache'],
  ])('lets a browser keep %s: %s', async (path, caching) => {
    expect((await ask(path)).headers['cache-control']).toBe(caching);
  });

  it('answers 304 while a file is as the client has it, and 200 after it changed', async () => {
    const path = '/models/default/vision.onnx';
    const { etag } = (await ask(path)).headers;
    expect(etag).toBeDefined();
    const again = await ask(path, { 'If-None-Match': etag! });
    expect(again.status).toBe(304);
    expect(again.body.length).toBe(0);
    expect(again.headers['cross-origin-embedder-policy']).toBe('require-corp');
    expect(again.headers['cache-control']).toBe('no-cache');
    utimesSync(join(folder, path), 1, 1);
    expect((await ask(path, { 'If-None-Match': etag! })).status).toBe(200);
  });

  it.each([
    ['/models/default/vision.onnx', 'application/octet-stream'],
    ['/models/arm.urdf', 'application/xml; charset=utf-8'],
    ['/large.wasm', 'application/wasm'],
  ])('says the type of %s: %s', async (path, type) => {
    expect((await ask(path)).headers['content-type']).toBe(type);
  });

  it.each(['bytes=2-1', 'bytes=-3', 'bytes=9-', 'bytes=x'])('sends the whole file for the range %s', async (range) => {
    const { status, body } = await ask('/models/default/vision.onnx', { Range: range });
    expect(status).toBe(200);
    expect(body.toString()).toBe('weights');
  });

  it('serves a single file under a path of its own', async () => {
    const { headers, body } = await ask('/praxis.config.js');
    expect(body.toString()).toBe('export default {};');
    expect(headers['content-type']).toContain('text/javascript');
  });

  it('serves a file that was written after the start', async () => {
    writeFileSync(join(folder, 'models', 'new.json'), '{}');
    expect((await ask('/models/new.json')).body.toString()).toBe('{}');
    // As our commands write: beside it, then renamed. The response before may still read the old file.
    writeFileSync(join(folder, 'models', 'beside.json'), '{"longer": true}');
    renameSync(join(folder, 'models', 'beside.json'), join(folder, 'models', 'new.json'));
    expect((await ask('/models/new.json')).body.toString()).toBe('{"longer": true}');
  });

  const noProc = process.platform === 'linux' ? undefined : 'no list of open files in /proc';
  it('closes the files of clients that went', needs(noProc), async () => {
    for (let k = 0; k < 300; k += 20) await Promise.all(Array.from({ length: 20 }, () => abortDownload('/large.wasm')));
    await expect.poll(openFiles, { timeout: 10_000 }).toBe(0);
    expect((await ask('/')).status).toBe(200);
  });

  it('takes the next port when the first is in use', async () => {
    const port = Number(new URL(server.url).port);
    const second = await serve({ '/': join(folder, 'dist') }, { port, tries: 20 });
    expect(second.url).not.toBe(server.url);
    await second.close();
  });
});

describe('npm start', () => {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));

  it('opens the server of the microphones with and without a wake word', async () => {
    for (const wakeWord of [undefined, 'robot']) {
      const voice = openVoiceServer({ wakeWord });
      expect(voice.connections).toBe(0);
      await voice.close();
    }
  });

  it('refuses a stop word as wake word in one line', () => {
    const args = ['scripts/start.mjs', '--wake-word', 'halt'];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^npm start: wake word "halt": expected one to 3 words.*\n$/);
  });
});
