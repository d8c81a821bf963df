import type { IncomingMessage } from 'node:http';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * True for a page that this very server served under a name of this machine's own. Browsers let any page open a socket
 * to any server and say honestly where the page is from; a foreign name that was made to point here is no name of ours.
 */
export function isOwnPage({ headers: { origin, host } }: Pick<IncomingMessage, 'headers'>): boolean {
  if (!origin || !URL.canParse(origin)) return false;
  const page = new URL(origin);
  return page.host === host && LOOPBACK.has(page.hostname);
}
