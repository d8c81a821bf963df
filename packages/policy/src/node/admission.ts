import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { InputError } from '@praxis/core';

/** Loopback addresses and names, in the forms of the headers `Host` and `Origin`. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/;

/** What `Host` may be: no name but localhost can be trusted to mean this machine, and addresses cannot be made to point elsewhere. */
const OWN_HOST = /^(localhost|\d{1,3}(\.\d{1,3}){3}|\[[\da-f:]+\])(:\d+)?$/;

/** True for an interface that only this machine reaches. */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host) || host === '::1';

/**
 * Checks who can reach a server before it listens.
 * @throws {InputError} when an interface beside the loopback one has no token, and for a token that no header can carry
 */
export function checkExposure(host: string, token: string | undefined): void {
  if (token === undefined && !isLoopback(host))
    throw new InputError(`host ${host}: other machines reach it, expected a token`);
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token))
    throw new InputError('token: expected characters without spaces');
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Rules for pages in browsers, which cannot send a header of their own. */
export interface PageAdmission {
  /** Origins of the pages that may connect, such as `https://app.foxglove.dev`, beside those of this machine. */
  readonly origins: readonly string[];
}

/**
 * Decides whether a request may connect. With a token, the header `Authorization: Api-Key TOKEN` must have it. Without one, the server
 * is on the loopback interface, which every page in this machine's browser reaches too: a foreign page, and a name that was made to
 * point here, are refused.
 * @param pages with it, the query `?token=TOKEN` may have the token too, and foreign pages are refused in either case
 * @returns undefined to admit it, else the status line of the answer
 */
export function refusal(
  { headers, url }: IncomingMessage,
  token: string | undefined,
  pages?: PageAdmission,
): string | undefined {
  if (token !== undefined) {
    const inQuery = pages && tokenIn(url);
    const given = inQuery === undefined ? (headers.authorization ?? '') : `Api-Key ${inQuery}`;
    if (!timingSafeEqual(digest(given), digest(`Api-Key ${token}`))) return '401 Unauthorized';
    if (!pages) return undefined;
  } else if (!OWN_HOST.test(headers.host ?? '')) return '403 Forbidden';
  const { origin } = headers;
  if (origin === undefined || pages?.origins.includes(origin)) return undefined;
  return LOOPBACK.test(origin.replace(/^https?:\/\//, '')) ? undefined : '403 Forbidden';
}

const tokenIn = (url = ''): string | undefined =>
  new URLSearchParams(url.includes('?') ? url.slice(url.indexOf('?')) : '').get('token') ?? undefined;
