import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Random } from '@praxis/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ARCHIVERS, needs } from './needs.ts';
import { runMain } from './run-main.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, 'packages', 'cli', 'bin', 'praxis.mjs');

/** Runs `praxis voice fetch`; `interruptWhen` receives a function that sends SIGINT. */
function runFetch(args: readonly string[], interruptWhen?: (interrupt: () => void) => void) {
  return new Promise<{ status: number | null; out: string; err: string }>((resolve, reject) => {
    const child = spawn(process.execPath, [bin, 'voice', 'fetch', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let [out, err] = ['', ''];
    child.stdout.on('data', (data) => (out += data));
    child.stderr.on('data', (data) => (err += data));
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, out, err }));
    interruptWhen?.(() => child.kill('SIGINT'));
  });
}

describe('praxis voice fetch', () => {
  it('lists the models with their sizes and licences', async () => {
    const { status, out } = await runMain(['voice', 'fetch']);
    expect(status).toBe(0);
    expect(out).toMatch(/whisper-tiny\.en\s+118\s+MIT/);
  });

  it.each([
    [['nonsense'], /model nonsense: unknown; known are zipformer-en-20M/],
    [['--url', 'ftp://example.org/a.tar.bz2', '--sha256', '0'.repeat(64)], /--url .*https/],
    [['--url', 'https://example.org/a.tar.bz2'], /--sha256 \(none\): expected 64 hexadecimal digits/],
    [
      ['../up', '--url', 'https://example.org/a.tar.bz2', '--sha256', '0'.repeat(64)],
      /model "\.\.\/up": expected a name/,
    ],
    [['whisper-tiny.en', '--sha256', '0'.repeat(64)], /--sha256: needs --url/],
  ])('refuses %j in one line', async (args, message) => {
    const { status, err } = await runMain(['voice', 'fetch', ...args]);
    expect(status).toBe(2);
    expect(err).toMatch(message);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});

describe('praxis voice fetch from a server', needs(ARCHIVERS), () => {
  let scratch: string;
  let archive: Buffer;
  let url: string;
  let to: string;
  /** Bytes after which the server stops sending. */
  let pauseAfterBytes = Number.POSITIVE_INFINITY;
  let onPause = () => {};
  const ranges: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    const { range } = request.headers;
    ranges.push(range);
    const start = range === undefined ? 0 : Number(/\d+/.exec(range)![0]);
    response.writeHead(range === undefined ? 200 : 206, {
      'content-length': archive.length - start,
      ...(range !== undefined && { 'content-range': `bytes ${start}-${archive.length - 1}/${archive.length}` }),
    });
    if (archive.length - start <= pauseAfterBytes) response.end(archive.subarray(start));
    else response.write(archive.subarray(start, start + pauseAfterBytes), () => onPause());
  });
  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'praxis-fetch-'));
    to = join(scratch, 'models');
    mkdirSync(join(scratch, 'inside'));
    const random = new Random(1, 'weights');
    // Random bytes do not compress.
    const weights = Uint8Array.from({ length: 3_000_000 }, () => random.integer(256));
    writeFileSync(join(scratch, 'inside', 'weights'), weights);
    execFileSync('tar', ['-cjf', join(scratch, 'mine.tar.bz2'), '-C', scratch, 'inside']);
    archive = readFileSync(join(scratch, 'mine.tar.bz2'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mine.tar.bz2`;
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
    rmSync(scratch, { recursive: true });
  });

  it('resumes after Ctrl-C, unpacks the model, and does not download it again', async () => {
    const sha256 = createHash('sha256').update(archive).digest('hex');
    const args = ['--url', url, '--sha256', sha256, '--to', to];
    pauseAfterBytes = 1_500_000;
    const part = join(to, 'mine.tar.bz2.part');
    const interrupted = await runFetch(args, (interrupt) => {
      // Waits until the first bytes are on the disk.
      onPause = () => {
        const poll = setInterval(() => {
          if (!existsSync(part) || readFileSync(part).length === 0) return;
          clearInterval(poll);
          interrupt();
        }, 20);
      };
    });
    expect(interrupted.status).toBe(130);
    expect(interrupted.err).toMatch(/interrupted; run it again to continue/);
    const partBytes = readFileSync(part).length;
    pauseAfterBytes = Number.POSITIVE_INFINITY;
    const folder = join(to, 'mine');
    expect(existsSync(folder)).toBe(false);

    const fetched = await runFetch([...args, '--json']);
    expect(fetched.status).toBe(0);
    expect(JSON.parse(fetched.out)).toEqual({ model: 'mine', folder, came: 'now', url, sha256 });
    expect(fetched.err).toMatch(/voice fetch mine, MB 4\/4/);
    expect(ranges).toEqual([undefined, `bytes=${partBytes}-`]);
    expect(readdirSync(to)).toEqual(['mine']);
    expect(readFileSync(join(folder, 'weights')).equals(readFileSync(join(scratch, 'inside', 'weights')))).toBe(true);

    expect((await runFetch(args)).out).toMatch(/exists already/);
    expect(ranges).toHaveLength(2);
  });

  it('deletes an archive with a wrong checksum and reports it in one line', async () => {
    const { status, err } = await runFetch(['wrong', '--url', url, '--sha256', '0'.repeat(64), '--to', to]);
    expect(status).toBe(2);
    expect(err).toMatch(/its SHA-256 is [0-9a-f]{64}, expected 0{64}; the download was deleted/);
    expect(readdirSync(to)).not.toContain('wrong.tar.bz2.part');
  });
});
