import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { refusal } from '@praxis/policy/node';

/** Base of the addresses of requests, which are paths. */
const BASE = 'http://127.0.0.1';

/** Name of the cookie; a browser sends one name to all ports of a host. */
const cookieName = ({ socket }: IncomingMessage): string => `praxis-page-${socket.localPort}`;

/**
 * Admits requests for a page on a port that asks for a token. The address `?token=TOKEN`, once opened, gives the browser a cookie for the
 * rest of the page, and the address without the token. The cookie is made anew by each server and opens nothing but the page: other
 * servers of the host, to which a browser sends it too, do not learn the token.
 */
export class PageGate {
  readonly #token: string;
  readonly #session = randomBytes(24).toString('base64url');

  constructor(token: string) {
    this.#token = token;
  }

  /** The status line for a request that is not admitted; undefined for one that is. */
  refusal(request: IncomingMessage): string | undefined {
    const { origin, host } = request.headers;
    const isOwn = origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
    if (this.#hasCookie(request)) return isOwn ? undefined : '403 Forbidden';
    return refusal(request, this.#token, { origins: isOwn && origin !== undefined ? [origin] : [] });
  }

  /**
   * Admits a request for a file, or answers it: 401 or 403, and 303 with the cookie for an address that has the token.
   * @returns true if it is still to be answered
   */
  admits(request: IncomingMessage, response: ServerResponse): boolean {
    const status = this.refusal(request);
    if (status !== undefined) {
      response.writeHead(Number.parseInt(status, 10), { 'Cache-Control': 'no-store', 'Content-Type': 'text/plain' });
      response.end(status.startsWith('401') ? 'open the address with ?token=TOKEN\n' : 'this page may not connect\n');
      return false;
    }
    const { url = '' } = request;
    if (!URL.canParse(url, BASE)) return true;
    const { pathname, searchParams } = new URL(url, BASE);
    if (!searchParams.has('token')) return true;
    searchParams.delete('token');
    const secure = 'encrypted' in request.socket ? '; Secure' : '';
    response.writeHead(303, {
      'Cache-Control': 'no-store',
      'Set-Cookie': `${cookieName(request)}=${this.#session}; Path=/; HttpOnly; SameSite=Lax${secure}`,
      // Two slashes would name another host.
      Location: `${pathname.replace(/^\/+/, '/')}${searchParams.size > 0 ? `?${searchParams}` : ''}`,
    });
    response.end();
    return false;
  }

  #hasCookie(request: IncomingMessage): boolean {
    const expected = Buffer.from(`${cookieName(request)}=${this.#session}`);
    return (request.headers.cookie ?? '').split(/; */).some((each) => {
      const given = Buffer.from(each);
      return given.length === expected.length && timingSafeEqual(given, expected);
    });
  }
}
