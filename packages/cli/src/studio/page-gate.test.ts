import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { closeServer } from '@praxis/policy/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PageGate } from './page-gate.ts';

const TOKEN = 'a;token,"of"=signs';
const server = createServer((asked, response) => {
  if (gate.admits(asked, response)) response.end(`file ${asked.url}`);
});
const gate = new PageGate(TOKEN);
let base = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => closeServer(server));

const get = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(base + path, { headers, redirect: 'manual' });
  const { status } = response;
  return { status, headers: response.headers, body: await response.text() };
};
const address = (path: string): string => `${path}${path.includes('?') ? '&' : '?'}token=${encodeURIComponent(TOKEN)}`;

/** The cookie that a browser sends once it has opened the address. */
const cookie = async (): Promise<string> => {
  const { headers } = await get(address('/'));
  return headers.get('set-cookie')!.split(';')[0];
};

describe('the gate of a page', () => {
  it('opens no file without the token, or with another one', async () => {
    expect(await get('/')).toMatchObject({ status: 401, body: 'open the address with ?token=TOKEN\n' });
    expect((await get('/?token=other')).status).toBe(401);
    expect((await get('/', { cookie: 'praxis-page=; praxis-page-1=x' })).status).toBe(401);
  });

  it('gives a cookie for the token, and takes the token out of the address', async () => {
    const { status, headers } = await get(address('/a/b?robot=arm6'));
    expect([status, headers.get('location')]).toEqual([303, '/a/b?robot=arm6']);
    expect(headers.get('set-cookie')).toMatch(/^praxis-page-\d+=[\w-]{32}; Path=\/; HttpOnly; SameSite=Lax$/);
    const file = await get('/a/b?robot=arm6', { cookie: `other=1; ${await cookie()}` });
    expect([file.status, file.body]).toEqual([200, 'file /a/b?robot=arm6']);
  });

  it('sends no browser to another host', async () => {
    // fetch would normalise the path.
    const locationFor = (path: string) =>
      new Promise<string | undefined>((resolve, reject) => {
        const sent = request(base, { path: address(path) }, (response) => {
          response.resume();
          resolve(response.headers.location);
        });
        sent.on('error', reject).end();
      });
    expect(await locationFor('/.//evil.example/')).toBe('/evil.example/');
    expect(await locationFor('//evil.example/a')).toBe('/a');
  });

  it('takes the token of programs in a header', async () => {
    expect((await get('/a', { authorization: `Api-Key ${TOKEN}` })).body).toBe('file /a');
  });

  it('refuses other pages in a browser that has the cookie, and takes its own', async () => {
    const own = { cookie: await cookie() };
    const foreign = await get('/', { ...own, origin: 'https://evil.example' });
    expect([foreign.status, foreign.body]).toEqual([403, 'this page may not connect\n']);
    expect((await get('/', { ...own, origin: 'http://127.0.0.1:1' })).status).toBe(403);
    expect((await get('/', { ...own, origin: base })).status).toBe(200);
    expect((await get(address('/'), { origin: 'https://evil.example' })).status).toBe(403);
  });
});
