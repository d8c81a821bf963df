import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
// @ts-expect-error scripts are plain JavaScript: they run before the dependencies are installed
import { serve } from '../scripts/serve.mjs';
import { openVoiceServer } from '../scripts/voice.ts';

let folder: string;
let server: { url: string; close: () => Promise<void> };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'praxis-serve-'));
  mkdirSync(join(folder, 'dist'));
  mkdirSync(join(folder, 'models', 'default'), { recursive: true });
  writeFileSync(join(folder, 'dist', 'index.html'), '<p>page</p>');
  writeFileSync(join(folder, 'models', 'default', 'vision.onnx'), 'weights');
  writeFileSync(join(folder, 'secret'), 'secret');
  server = await serve({ '/': join(folder, 'dist'), '/models': join(folder, 'models') });
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/** Status of a path that is sent as it is; fetch would normalise it first. */
const rawStatus = (path: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const { port } = new URL(server.url);
    request({ host: '127.0.0.1', port, path }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });

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

  it.each(['/../secret', '/models/../../secret', '/models/..%2f..%2fsecret', '/%00', '/nothing', '/models'])(
    'answers %s with 404',
    async (path) => {
      expect(await rawStatus(path)).toBe(404);
    },
  );

  it('refuses methods other than GET and HEAD', async () => {
    expect((await fetch(server.url, { method: 'POST' })).status).toBe(405);
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
