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

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** As a good server does. */
const whole: Answer = ({ headers: { range } }, response) => {
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

/** The line is cut after so many bytes. */
let handleMessage: Answer;
let ranges: (string | undefined)[];
const server = createServer((request, response) => {
  ranges.push(request.headers.range);
  handleMessage(request, response);
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
  handleMessage = whole;
  part = join(scratch, `${runs++}.part`);
});

describe('a download', () => {
  it('is the whole file, and says how far it is', async () => {
    const seen: (readonly [number, number | undefined])[] = [];
    await download({ url, sha256, partialFile: part, onProgress: (...now) => seen.push(now) });
    expect(readFileSync(part).equals(file)).toBe(true);
    expect(seen[0]).toEqual([0, SIZE]);
    expect(seen.at(-1)).toEqual([SIZE, SIZE]);
    expect(ranges).toEqual([undefined]);
  });

  it('that was cut keeps what came, and the next run asks for the rest alone', async () => {
    let cut: () => void = () => undefined;
    handleMessage = (_, response) => {
      response.writeHead(200, { 'content-length': SIZE });
      response.write(file.subarray(0, 100_000));
      cut = () => response.destroy();
    };
    const onProgress = (received: number) => received > 0 && cut();
    await expect(download({ url, sha256, partialFile: part, onProgress })).rejects.toThrow(
      /MB are kept in .*: run it again to go on/,
    );
    const kept = statSync(part).size;
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThanOrEqual(100_000);
    handleMessage = whole;
    await download({ url, sha256, partialFile: part });
    expect(ranges).toEqual([undefined, `bytes=${kept}-`]);
    expect(readFileSync(part).equals(file)).toBe(true);
  });

  it('that was interrupted keeps what came', async () => {
    const controller = new AbortController();
    handleMessage = (_, response) => {
      response.writeHead(200, { 'content-length': SIZE });
      response.write(file.subarray(0, 100_000));
    };
    const interrupt = (received: number) => received > 0 && controller.abort();
    const running = download({ url, sha256, partialFile: part, signal: controller.signal, onProgress: interrupt });
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    const kept = readFileSync(part);
    expect(kept.equals(file.subarray(0, kept.length))).toBe(true);
    handleMessage = whole;
    await download({ url, sha256, partialFile: part });
    expect(readFileSync(part).equals(file)).toBe(true);
  });

  it('begins again with a server that knows no ranges', async () => {
    writeFileSync(part, file.subarray(0, 1_000));
    handleMessage = (_, response) => void response.writeHead(200, { 'content-length': SIZE }).end(file);
    await download({ url, sha256, partialFile: part });
    expect(ranges).toEqual(['bytes=1000-']);
    expect(readFileSync(part).equals(file)).toBe(true);
  });

  it('begins again when more is here than the server has', async () => {
    writeFileSync(part, Buffer.concat([file, Buffer.of(1)]));
    await download({ url, sha256, partialFile: part });
    expect(ranges).toEqual([`bytes=${SIZE + 1}-`, undefined]);
    expect(readFileSync(part).equals(file)).toBe(true);
  });

  it('that is here already asks nobody', async () => {
    writeFileSync(part, file);
    await download({ url, sha256, partialFile: part });
    expect(ranges).toEqual([]);
  });

  it('with another checksum is deleted, and both checksums are named', async () => {
    const wrong = '0'.repeat(64);
    const running = download({ url, sha256: wrong, partialFile: part });
    await expect(running).rejects.toThrow(`its SHA-256 is ${sha256}, expected ${wrong}; what came is deleted`);
    expect(existsSync(part)).toBe(false);
  });

  it('of a file that is not there names the status and leaves nothing', async () => {
    handleMessage = (_, response) => void response.writeHead(404).end('no such file');
    await expect(download({ url, sha256, partialFile: part })).rejects.toThrow(
      `${url}: the server answers 404 Not Found`,
    );
    expect(existsSync(part)).toBe(false);
  });

  it('refuses a part that is not the one that is missing', async () => {
    writeFileSync(part, file.subarray(0, 1_000));
    handleMessage = (_, response) =>
      void response.writeHead(206, { 'content-range': `bytes 0-9/${SIZE}` }).end('0123456789');
    await expect(download({ url, sha256, partialFile: part })).rejects.toThrow(
      /sends "bytes 0-9\/300000", expected bytes from 1000/,
    );
    expect(readFileSync(part).equals(file.subarray(0, 1_000))).toBe(true);
  });

  it('without a network says why', async () => {
    const nobody = 'http://127.0.0.1:1/model.tar.bz2';
    const running = download({ url: nobody, sha256, partialFile: part });
    await expect(running).rejects.toMatchObject({ name: 'InputError', message: expect.stringContaining(nobody) });
    expect(existsSync(part)).toBe(false);
  });

  it.runIf(existsSync('/dev/full'))('on a full disk says so', async () => {
    symlinkSync('/dev/full', part);
    await expect(download({ url, sha256, partialFile: part })).rejects.toThrow(/the disk is full/);
  });
});
