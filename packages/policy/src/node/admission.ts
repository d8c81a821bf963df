import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Loopback addresses and names, in the forms of the headers `Host` and `Origin`. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/;

/** What `Host` may be: no name but localhost can be trusted to mean this machine, and addresses cannot be made to point elsewhere. */
const OWN_HOST = /^(localhost|\d{1,3}(\.\d{1,3}){3}|\[[\da-f:]+\])(:\d+)?$/;

/** True for an interface that only this machine reaches. */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host) || host === '::1';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Decides whether a request may connect. With a token, the header `Authorization: Api-Key TOKEN` must have it. Without one, the server
 * is on the loopback interface, which every page in this machine's browser reaches too: a foreign page, and a name that was made to
 * point here, are refused.
 * @returns undefined to admit it, else the status line of the answer
 */
export function refusal({ headers }: IncomingMessage, token: string | undefined): string | undefined {
  if (token !== undefined) {
    const given = headers.authorization ?? '';
    return timingSafeEqual(digest(given), digest(`Api-Key ${token}`)) ? undefined : '401 Unauthorized';
  }
  const origin = headers.origin?.replace(/^https?:\/\//, '');
  const foreign = !OWN_HOST.test(headers.host ?? '') || (origin !== undefined && !LOOPBACK.test(origin));
  return foreign ? '403 Forbidden' : undefined;
}
