import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { InputError } from '@praxis/core';
import type { PlanHost } from '../../host/plan-host.ts';
import { Command } from './command.ts';
import { planServer } from './plan-server.ts';

/** Largest body of a request (bytes). */
const MAX_BODY_BYTES = 1_000_000;
/** Number of sessions; a further one takes the place of the one that was silent longest. */
const MAX_SESSIONS = 16;
/** Path of the endpoint. */
const PATH = '/mcp';
/** Shortest token (characters). */
const MIN_TOKEN_LENGTH = 16;

interface Session {
  readonly transport: StreamableHTTPServerTransport;
  close(): Promise<void>;
}

/** Options of {@link servePlansOverHttp}. */
export interface PlanHttpOptions {
  /** Port of the loopback interface; 0 chooses a free one. */
  readonly port: number;
  /** Token that every request must carry, as `Authorization: Bearer TOKEN`. */
  readonly token: string;
}

/** A running server. */
export interface PlanHttpServer {
  /** Address for assistants. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves a host by the Model Context Protocol over streamable HTTP, on the loopback interface alone. Each session has a server of its own, and all
 * share one command. A request without the token, or of a page from elsewhere (`Origin`, `Host`), is refused.
 * @throws {InputError} for a token that is too short, and a port that is taken
 */
export async function servePlansOverHttp(host: PlanHost, { port, token }: PlanHttpOptions): Promise<PlanHttpServer> {
  if (token.length < MIN_TOKEN_LENGTH) {
    throw new InputError(`the token has ${token.length} characters, expected at least ${MIN_TOKEN_LENGTH}`);
  }
  const command = new Command(host);
  /** In the order of their last request. */
  const sessions = new Map<string, Session>();
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const refusal = refusalOf(request, token);
    if (refusal) return refuse(response, ...refusal);
    const id = request.headers['mcp-session-id'];
    const body = request.method === 'POST' ? await jsonBody(request) : undefined;
    if (body === INVALID) return refuse(response, 400, `expected JSON of at most ${MAX_BODY_BYTES} bytes`);
    const session = typeof id === 'string' ? sessions.get(id) : undefined;
    if (typeof id === 'string' && !session) return refuse(response, 404, 'there is no such session');
    if (session && typeof id === 'string') {
      sessions.delete(id);
      sessions.set(id, session);
    }
    const { transport } = session ?? (await openSession(command, sessions));
    await transport.handleRequest(request, response, body);
  };
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      console.error(error);
      if (response.headersSent) response.end();
      else refuse(response, 500, 'internal error');
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(new InputError(`port ${port}: cannot be opened (${cause.code})`, { cause })),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${PATH}`,
    async close() {
      for (const session of [...sessions.values()]) await session.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function openSession(command: Command, sessions: Map<string, Session>): Promise<Session> {
  const name = randomUUID();
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: () => name,
    enableJsonResponse: true,
    onsessioninitialized: async (id) => {
      await makeRoom(command, sessions);
      sessions.set(id, session);
    },
  });
  const server = planServer(command, name);
  const session: Session = { transport, close: () => server.close() };
  server.onclose = () => {
    sessions.delete(name);
    void command.release(name);
  };
  await server.connect(transport);
  return session;
}

async function makeRoom(command: Command, sessions: ReadonlyMap<string, Session>): Promise<void> {
  if (sessions.size < MAX_SESSIONS) return;
  const silent = [...sessions].find(([name]) => !command.commands(name));
  await silent?.[1].close();
}

/** Status and reason of a refusal; undefined for a request that may pass. */
function refusalOf({ headers, url }: IncomingMessage, token: string): readonly [number, string] | undefined {
  if (new URL(url ?? '/', 'http://localhost').pathname !== PATH) return [404, `expected the path ${PATH}`];
  // A page of another site that resolves its name to this machine has its own name here.
  const isLocal = (host: string): boolean => /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host);
  if (!isLocal(headers.host ?? '')) return [403, 'expected the host 127.0.0.1'];
  if (headers.origin !== undefined && !isLocal(headers.origin.replace(/^https?:\/\//, ''))) {
    return [403, 'pages of other hosts have no access'];
  }
  if (!isEqual(headers.authorization ?? '', `Bearer ${token}`)) return [401, 'expected Authorization: Bearer TOKEN'];
  return undefined;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
/** Compares in a time that tells nothing of the texts. */
const isEqual = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

const INVALID = Symbol('invalid body');

async function jsonBody(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.byteLength;
    if (bytes > MAX_BODY_BYTES) return INVALID;
    parts.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch {
    return INVALID;
  }
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  const headers = { 'Content-Type': 'application/json', ...(status === 401 && { 'WWW-Authenticate': 'Bearer' }) };
  response.writeHead(status, headers).end(JSON.stringify({ error: reason }));
}
