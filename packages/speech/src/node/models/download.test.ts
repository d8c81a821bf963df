import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '@praxis/core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { download } from './download.ts';

const SIZE = 300_000;
const random = new Random(1, 'file');
const file = Buffer.from(Uint8Array.from({ length: SIZE }, () => random.integer(256)));
const sha256 = createHash('sha256').update(file).digest('hex');

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** Serves the file with support for ranges. */
const serveFile: Handler = ({ headers: { range } }, response) => {
  const start = range === undefined ? 0 : Number(/^bytes=(\d+)-$/.exec(range)![1]);
  if (start >= SIZE) {
    response.writeHead(416, { 'content-range': `bytes */${SIZE}` }).end();
    return;
  }
  const rest = file.subarray(start);
  if (range === undefined) response.writeHead(200, { 'content-length': SIZE });
  else {
    response.writeHead(206, {
      'content-length': rest.length,
      'content-range': `bytes ${start}-${SIZE - 1}/${SIZE}`,
    });
  }
  response.end(rest);
};

let handleRequest: Handler;
let ranges: (string | undefined)[];
const server = createServer((request, response) => {
  ranges.push(request.headers.range);
  handleRequest(request, response);
});
let url: string;
let scratch: string;
let part: string;
let runs = 0;
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'praxis-download-'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/model.tar.bz2`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
  rmSync(scratch, { recursive: true });
});
beforeEach(() => {
  ranges = [];
  handleRequest = serveFile;
  part = join(scratch, `${runs++}.part`);
});

describe('download', () => {
  it('fetches the whole file and reports its progress', async () => {
    const seen: (readonly [number, number | undefined])[] = [];
    await download({ url, sha256, partialFile: part, onProgress: (...now) => seen.push(now) });
    expect(readFileSync(part).equals(file)).toBe(true);
    expect(seen[0]).toEqual([0, SIZE]);
    expect(seen.at(-1)).toEqual([SIZE, SIZE]);
    expect(ranges).toEqual([undefined]);
  });

  it('keeps the data of a broken connection, and requests only the rest in the next run', async () => {
    let cut: () => void = () => undefined;
    handleRequest = (_, response) => {
      response.writeHead(200, { 'content-length': SIZE });
      response.write(file.subarray(0, 100_000));
      cut = () => response.destroy();
    };
    const onProgress = (received: number) => received > 0 && cut();
    await expect(download({ url, sha256, partialFile: part, onProgress })).rejects.toThrow(
      /MB are kept in .*: run the command again to continue/,
    );
    const kept = statSync(part).size;
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThanOrEqual(100_000);
    handleRequest = serveFile;
    await download({ url, sha256, partialFile: part });
    expect(ranges).toEqual([undefined, `bytes=${kept}-`]);
    expect(readFileSync(part).equals(file)).toBe(true);
  });

  it('keeps the data of an aborted run', async () => {
    const controller = new AbortController();
    handleRequest = (_, response) => {
      response.writeHead(200, { 'content-length': SIZE });
      response.write(file.subarray(0, 100_000));
    };
    const interrupt = (received: number) => received > 0 && controller.abort();
    const running = download({ url, sha256, partialFile: part, signal: controller.signal, onProgress: interrupt });
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    const kept = readFileSync(part);
    expect(kept.equals(file.subarray(0, kept.length))).toBe(true);
    handleRequest = serveFile;
    await download({ url, sha256, partialFile: part });
    expect(readFileSync(part).equals(file)).toBe(true);
  });

  it('starts again with a server that ignores ranges', async () => {
    writeFileSync(part, file.subarray(0, 1_000));
    handleRequest = (_, response) => void response.writeHead(200, { 'content-length': SIZE }).end(file);
    await download({ url, sha256, partialFile: part });
    expect(ranges).toEqual(['bytes=1000-']);
    expect(readFileSync(part).equals(file)).toBe(true);
  });

  it('starts again when the partial file is longer than the file', async () => {
    writeFileSync(part, Buffer.concat([file, Buffer.of(1)]));
    await download({ url, sha256, partialFile: part });
    expect(ranges).toEqual([`bytes=${SIZE + 1}-`, undefined]);
    expect(readFileSync(part).equals(file)).toBe(true);
  });

  it('sends no request for a complete file', async () => {
    writeFileSync(part, file);
    await download({ url, sha256, partialFile: part });
    expect(ranges).toEqual([]);
  });

  it('deletes a file with another checksum and names both checksums', async () => {
    const wrong = '0'.repeat(64);
    const running = download({ url, sha256: wrong, partialFile: part });
    await expect(running).rejects.toThrow(`its SHA-256 is ${sha256}, expected ${wrong}; the download was deleted`);
    expect(existsSync(part)).toBe(false);
  });

  it('names the HTTP status of a missing file and leaves nothing', async () => {
    handleRequest = (_, response) => void response.writeHead(404).end('no such file');
    await expect(download({ url, sha256, partialFile: part })).rejects.toThrow(
      `${url}: the server answers 404 Not Found`,
    );
    expect(existsSync(part)).toBe(false);
  });

  it('rejects another part than the requested one', async () => {
    writeFileSync(part, file.subarray(0, 1_000));
    handleRequest = (_, response) =>
      void response.writeHead(206, { 'content-range': `bytes 0-9/${SIZE}` }).end('0123456789');
    await expect(download({ url, sha256, partialFile: part })).rejects.toThrow(
      /sends "bytes 0-9\/300000", expected bytes from 1000/,
    );
    expect(readFileSync(part).equals(file.subarray(0, 1_000))).toBe(true);
  });

  it('names the address and the reason without a network', async () => {
    const unreachable = 'http://127.0.0.1:1/model.tar.bz2';
    const running = download({ url: unreachable, sha256, partialFile: part });
    await expect(running).rejects.toMatchObject({ name: 'InputError', message: expect.stringContaining(unreachable) });
    expect(existsSync(part)).toBe(false);
  });

  it('reports a full disk', async ({ skip }) => {
    skip(!existsSync('/dev/full'), 'no /dev/full');
    symlinkSync('/dev/full', part);
    await expect(download({ url, sha256, partialFile: part })).rejects.toThrow(/the disk is full/);
  });
});
